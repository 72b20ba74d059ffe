"""An ESCO archive joins the vocabulary by URI, keeps our names, and retires what ESCO gave up."""

import csv
from pathlib import Path

import pytest

from sportello.reference.enums import LabelKind, TaxonomySource
from sportello.reference.models import IscoGroup, Occupation, OccupationSkill, Skill, TaxonomyVersion
from sportello.reference.queries import find_occupations
from sportello.reference.services.esco import EscoReport, load_esco
from sportello.reference.services.esco_archive import EscoError

pytestmark = pytest.mark.usefixtures("vocabulary")

CONCEPT = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description")
SKILL = ("conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "description")
LINK = ("occupationUri", "relationType", "skillType", "skillUri")


def _write(folder: Path, name: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([columns, *rows])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two releases: an Italian one with a job given up later, and an English one with skills and relations."""
    old, new = tmp_path / "ESCO v1.0.8 it", tmp_path / "ESCO v1.2.0 en"
    ours = Occupation.objects.get(code="bricklayer").uri
    _write(
        old,
        "occupations_it.csv",
        CONCEPT,
        (ours, "7112", "muratore in mattoni", "posatore di mattoni\nmuratore", "Mette in opera mattoni."),
        ("urn:lamp", "9629", "lampionaio/lampionaia", "accenditore di lampioni", "Accende i lampioni."),
        ("urn:cooper", "7522", "bottaio/bottaia", "", "Costruisce botti."),
    )
    _write(
        new,
        "occupations_en.csv",
        CONCEPT,
        (ours, "7112", "bricklayer", "", "Lays bricks."),
        ("urn:cooper", "7522", "cooper", "barrel maker", ""),
    )
    skill = Skill.objects.get(code="mix-construction-grouts").uri
    _write(
        new,
        "skills_en.csv",
        SKILL,
        ("urn:staves", "skill/competence", "", "bend staves", "", ""),
        (skill, "skill/competence", "transversal", "mix grouts", "", ""),
    )
    _write(
        new,
        "occupationSkillRelations_en.csv",
        LINK,
        (ours, "optional", "", skill),
        (ours, "essential", "", "urn:staves"),
        ("urn:cooper", "optional", "", "urn:staves"),
        ("urn:cooper", "essential", "", "urn:staves"),
        ("urn:cooper", "essential", "", "urn:nowhere"),
    )
    _write(new, "ISCOGroups_en.csv", ("code", "preferredLabel"), ("71", "Building trades"), ("7522", "Cabinet-makers"))
    return tmp_path


def test_the_report_says_what_came_and_what_lacks(archive: Path) -> None:
    assert load_esco(folder=archive) == EscoReport(
        version="1.2.0",
        occupations=3,
        skills=2,
        labels=13,
        links=2,
        retired=1,
        missing=(
            "manca skills_it.csv: competenze con il solo nome straniero, mai proposti a chi cerca in italiano",
            "relazioni che nominano mestieri o competenze assenti: 1",
        ),
    )


def test_a_shared_concept_keeps_our_names_and_gains_escos(archive: Path) -> None:
    before = Occupation.objects.get(code="bricklayer")
    load_esco(folder=archive)
    after = Occupation.objects.get(uri=before.uri)
    assert (after.pk, after.code, after.label, after.version.source) == (
        before.pk,
        "bricklayer",
        "muratore/trice",
        TaxonomySource.CURATED,
    )
    assert after.description == "Mette in opera mattoni."
    names = dict(after.labels.filter(language="it").values_list("text", "kind"))
    assert (names["muratore"], names["posatore di mattoni"]) == (LabelKind.PREFERRED, LabelKind.ALTERNATIVE)


def test_a_concept_given_up_is_retired_and_not_proposed(archive: Path) -> None:
    load_esco(folder=archive)
    gone = Occupation.objects.get(uri="urn:lamp")
    assert (gone.version.version, gone.retired_in and gone.retired_in.version) == ("1.0.8", "1.2.0")
    assert [match.occupation.uri for match in find_occupations("bottaia")][:1] == ["urn:cooper"]
    assert "urn:lamp" not in [match.occupation.uri for match in find_occupations("lampionaio")]


def test_our_relations_win_and_a_repeated_one_is_essential(archive: Path) -> None:
    load_esco(folder=archive)
    ours = OccupationSkill.objects.get(occupation__code="bricklayer", skill__code="mix-construction-grouts")
    assert (ours.relation, ours.source) == ("essential", TaxonomySource.CURATED)
    assert list(
        OccupationSkill.objects.filter(source=TaxonomySource.ESCO)
        .order_by("occupation__uri")
        .values_list("occupation__uri", "skill__uri", "relation")
    ) == [
        (Occupation.objects.get(code="bricklayer").uri, "urn:staves", "essential"),
        ("urn:cooper", "urn:staves", "essential"),
    ]


def test_groups_we_name_keep_their_name(archive: Path) -> None:
    load_esco(folder=archive)
    groups = IscoGroup.objects.filter(code__in=["71", "7522"]).order_by("code").values_list("code", "label")
    assert list(groups) == [("71", "Edilizia e rifinitura"), ("7522", "Cabinet-makers")]


def test_loading_twice_changes_nothing(archive: Path) -> None:
    def state() -> list[object]:
        return [
            set(Occupation.objects.values_list("pk", "code", "label", "retired_in")),
            set(Skill.objects.values_list("pk", "code", "label", "kind")),
            set(OccupationSkill.objects.values_list("occupation", "skill", "relation", "source")),
            sorted(Occupation.objects.values_list("labels__text", "labels__kind", "labels__language")),
        ]

    report = load_esco(folder=archive)
    before = state()
    assert load_esco(folder=archive).occupations == report.occupations
    assert state() == before


def test_a_dry_run_writes_nothing(archive: Path) -> None:
    counts = Occupation.objects.count(), Skill.objects.count(), TaxonomyVersion.objects.count()
    assert load_esco(folder=archive, dry_run=True).occupations == 3
    assert (Occupation.objects.count(), Skill.objects.count(), TaxonomyVersion.objects.count()) == counts


def test_an_older_archive_is_refused(archive: Path) -> None:
    TaxonomyVersion.objects.create(source=TaxonomySource.ESCO, version="1.3.0")
    with pytest.raises(EscoError, match=r"1\.3\.0"):
        load_esco(folder=archive)


def test_the_official_files_load_whole(esco_folder: Path) -> None:
    ours = set(Occupation.objects.values_list("code", flat=True))
    report = load_esco(folder=esco_folder)
    assert report.occupations == 3044
    assert report.retired == 5
    assert ours <= set(Occupation.objects.values_list("code", flat=True))
    assert find_occupations("donna delle pulizie")[0].occupation.code == "building-cleaner"
    assert find_occupations("muratore")[0].occupation.code == "bricklayer"
