"""Loading of the reference files, those of the repository included."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from sportello.territory.models import Municipality, MunicipalityResidents, SubArea, Zone
from sportello.territory.queries import search_municipalities
from sportello.territory.services.reference_files import DATA, load_territory

pytestmark = pytest.mark.django_db

ONE_MUNICIPALITY = """\
istat_code,cadastral_code,name,province_code,province_name,region_name,valid_from,valid_to,successor_istat_code,latitude,longitude
015205,I577,{name},MI,Milano,Lombardia,1869-07-06,,,45.4818,9.2820
015142,F119,Melzo,MI,Milano,Lombardia,1861-03-17,,,45.5000,9.4200
"""


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    (tmp_path / "municipalities.csv").write_text(ONE_MUNICIPALITY.format(name="Segrate"))
    (tmp_path / "metropolitan_residents.csv").write_text(
        "istat_code,year,sex,age_band,count\n015205,2023,F,15-24,10\n015205,2023,M,15-24,12\n"
    )
    (tmp_path / "zones.csv").write_text("slug,name,istat_code\nadda-martesana,Adda Martesana,015205\n")
    (tmp_path / "sub_areas.csv").write_text("istat_code,number,name\n015205,1,Redecesio\n")
    return tmp_path


def test_the_files_of_the_repository() -> None:
    load_territory()
    segrate = Municipality.objects.get(istat_code="015205")
    assert (segrate.cadastral_code, segrate.name, segrate.valid_from) == ("I577", "Segrate", date(1869, 7, 6))
    assert Municipality.objects.filter(valid_to=None).count() == 7896
    assert Municipality.objects.filter(valid_to=None, is_metropolitan=True).count() == 133
    assert Zone.objects.count() == 8
    assert set(Municipality.objects.filter(valid_to=None, is_metropolitan=True)) == set(
        Municipality.objects.filter(zones__isnull=False).distinct()
    )
    assert list(SubArea.objects.values_list("municipality__name", "number")) == [("Milano", n) for n in range(1, 10)]
    assert search_municipalities("Zelo Surrigone")[0].name == "Vermezzo con Zelo"


def test_a_second_run_writes_nothing(small_folder: Path) -> None:
    assert load_territory(folder=small_folder) == {
        "Municipality": 2,
        "MunicipalityResidents": 2,
        "Zone": 2,  # the zone and its members
        "SubArea": 1,
    }
    assert set(load_territory(folder=small_folder).values()) == {0}


def test_a_change_of_the_files_updates_in_place(small_folder: Path) -> None:
    load_territory(folder=small_folder)
    before = Municipality.objects.get(istat_code="015205")
    (small_folder / "municipalities.csv").write_text(ONE_MUNICIPALITY.format(name="Segràte"))
    (small_folder / "zones.csv").write_text("slug,name,istat_code\nadda-martesana,Adda Martesana,015142\n")
    (small_folder / "metropolitan_residents.csv").write_text(
        "istat_code,year,sex,age_band,count\n015205,2023,F,15-24,11\n015205,2023,M,15-24,12\n"
    )
    written = load_territory(folder=small_folder)
    assert written == {"Municipality": 1, "MunicipalityResidents": 1, "Zone": 1, "SubArea": 0}
    after = Municipality.objects.get(istat_code="015205")
    assert (after.pk, after.name, after.search_key) == (before.pk, "Segràte", "segrate")
    assert list(Zone.objects.get().municipalities.values_list("name", flat=True)) == ["Melzo"]
    assert MunicipalityResidents.objects.get(sex="F").count == 11


def test_a_file_that_names_an_unknown_municipality_changes_nothing(small_folder: Path) -> None:
    with (small_folder / "zones.csv").open("a") as stream:
        stream.write("adda-martesana,Adda Martesana,999999\n")
    with pytest.raises(KeyError):
        load_territory(folder=small_folder)
    assert not Municipality.objects.exists()


def test_the_files_agree_with_each_other() -> None:
    def column(name: str, field: str) -> set[str]:
        with (DATA / name).open(newline="") as stream:
            return {row[field] for row in csv.DictReader(stream)}

    shapes = json.loads((DATA / "metropolitan_boundaries.geojson").read_text())["features"]
    drawn = {shape["properties"]["istat_code"] for shape in shapes}
    assert drawn == column("metropolitan_residents.csv", "istat_code") == column("zones.csv", "istat_code")
    assert drawn <= column("municipalities.csv", "istat_code")


def test_incomplete_folder_is_refused(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "copy")
    (tmp_path / "copy" / "sub_areas.csv").unlink()
    with pytest.raises(FileNotFoundError):
        load_territory(folder=tmp_path / "copy")
