"""A curriculum that arrives, taken into the profile piece by piece."""

from collections.abc import Collection

from candidates.models import Candidate, SkillStatement
from candidates.queries.curriculum import Piece
from candidates.services.profile import change_about
from candidates.services.profile_rows import save_education, save_experience, save_language, save_licence
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("profile.import")
def import_pieces(*, candidate: Candidate, pieces: Collection[Piece], by: Scope) -> int:
    """Write the chosen pieces, as if each had been typed; returns how many. A skill that is on file stays as it is."""
    for piece in pieces:
        match piece.kind:
            case "about":
                change_about(candidate=candidate, birth_place=candidate.birth_place, by=by, **piece.fields)
            case "job":
                save_experience(candidate=candidate, by=by, **piece.fields)
            case "study":
                save_education(candidate=candidate, by=by, **piece.fields)
            case "language":
                save_language(candidate=candidate, by=by, **piece.fields)
            case "licence":
                save_licence(candidate=candidate, by=by, **piece.fields)
            case _:
                SkillStatement.objects.get_or_create(candidate=candidate, **piece.fields)
    return len(pieces)
