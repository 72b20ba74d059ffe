from sportello.programmes.models.training import Course, Edition

__all__ = ["Course", "Edition"]
