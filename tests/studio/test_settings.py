"""The one configuration."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kg.errors import UserError
from studio.settings import Settings, environment, load_settings, read_settings, seeds_of
from studio.template import field_docs, init, render
from studio.wiring import require_inputs


def write(folder: Path, text: str) -> Path:
    path = folder / "plumbline.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_relative_paths_are_taken_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the command is run, a path means the same."""
    path = write(tmp_path, 'documents = ["a.md", "../b"]\nseeds = "s.yaml"\n')
    monkeypatch.chdir("/")
    settings = load_settings(path)
    assert settings.documents == (tmp_path / "a.md", tmp_path.parent / "b")
    assert settings.seeds == tmp_path / "s.yaml"
    assert settings.workspace == tmp_path / ".plumbline"
    assert settings.heldout is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trainig = 1\n", ["plumbline.toml", "trainig", "'training'"]),
        ("[training]\nlearning_rat = 1e-4\n", ["plumbline.toml", "[training] learning_rat", "'learning_rate'"]),
        ('[training]\nepochs = "two"\n', ["[training] epochs", "must be a number"]),
        ("[generation]\nsamples = 0\n", ["samples is 0"]),
        ('[generation]\nseeds_file = "x"\n', ["[generation] seeds_file", "seeds at the top"]),
        ("[audit]\nlevel = 2.0\n", ["[audit]", "level"]),
        ('[models]\ndtype = "float16"\n', ["[models]", "dtype", "float16"]),
        ("training = 3\n", ["training", "a table"]),
        ('[title]\nx = "y"\n', ["title"]),
        ("title = \n", ["is not TOML"]),
    ],
)
def test_a_wrong_configuration_is_one_clear_error(tmp_path: Path, text: str, words: list[str]) -> None:
    """File, section and key are named, the nearest key is suggested."""
    with pytest.raises(UserError) as caught:
        load_settings(write(tmp_path, text))
    said = f"{caught.value} {caught.value.hint}"
    assert all(word in said for word in words), said
    assert caught.value.exit_code == 2


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """The remedy is the command."""
    with pytest.raises(UserError) as caught:
        load_settings(tmp_path / "plumbline.toml")
    assert "plumbline init" in caught.value.hint


def test_overrides_are_laid_over_the_file(tmp_path: Path) -> None:
    """``--set`` takes TOML values and bare words, also for a section that the file does not have."""
    path = write(tmp_path, "[training]\nepochs = 2\n")
    settings = load_settings(
        path,
        [
            "training.learning_rate=1e-4",
            "title=My policy",
            "documents=['x.md']",
            "graph.memory_mb=512",
            "generation.test_share=.2",
        ],
    )
    assert settings.training.learning_rate == 1e-4
    assert settings.training.epochs == 2
    assert settings.title == "My policy"
    assert settings.documents == (tmp_path / "x.md",)
    assert settings.graph.memory_mb == 512
    assert settings.generation.test_share == 0.2


@pytest.mark.parametrize("override", ["training", "=3", "title.x=1", "training.epoch=3", "nothing.here=1"])
def test_a_wrong_override_is_a_user_error(tmp_path: Path, override: str) -> None:
    """It is named as it was typed."""
    with pytest.raises(UserError) as caught:
        load_settings(write(tmp_path, 'title = "T"\n'), [override])
    assert override in str(caught.value)


def test_secrets_come_from_the_environment_alone() -> None:
    """They are no keys of the file and are never shown."""
    env = environment(
        {"NEO4J_URI": "bolt://h", "NEO4J_PASSWORD": "geheim", "PLUMBLINE_TOKEN": "tok", "PLUMBLINE_CACHE": "/c"}
    )
    assert (env.neo4j_uri, env.neo4j_user, env.cache) == ("bolt://h", "neo4j", Path("/c"))
    assert "geheim" not in repr(env)
    assert "tok" not in repr(env).replace("token", "")
    assert environment({}).neo4j_uri is None
    assert environment({"NEO4J_URI": ""}).neo4j_uri is None
    with pytest.raises(UserError):
        read_settings({"neo4j_password": "x"}, "t")


def test_only_the_settings_read_the_environment() -> None:
    """No other module of the studio looks at os.environ (weights asks for the hub's own variables, quiet only sets some)."""
    studio = Path(__file__).parents[2] / "studio"
    readers = {
        path.name
        for path in studio.rglob("*.py")
        if "environ" in path.read_text(encoding="utf-8").replace("environment", "")
    }
    assert readers <= {"settings.py", "weights.py", "quiet.py"}


def test_every_seed_is_found() -> None:
    """A manifest names all of them."""
    assert {"generation.seed", "training.seed", "audit.seed"} <= set(seeds_of(Settings()))


def test_init_writes_a_configuration_that_is_the_default(tmp_path: Path) -> None:
    """Read back as it stands, and with every comment taken away, the file means the defaults."""
    path = init(tmp_path / "new")
    read = load_settings(path)
    assert read.training == Settings().training
    bare = [line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()]
    keys = [line for line in bare if line.startswith("[") or line.split(" = ")[0].isidentifier()]
    plain = tomllib.loads("\n".join(line for line in keys if " = " in line or line.startswith("[")))
    assert read_settings(plain, "all").generation == Settings().generation


def test_init_explains_every_key() -> None:
    """The template cannot drift: it is written from the docstring under each field."""
    text = render()
    for doc in field_docs(Settings).values():
        assert doc.split()[0] in text
    assert "learning_rate" in text
    assert "seeds_file" not in text
    assert ":func:" not in text


def test_init_refuses_to_overwrite(tmp_path: Path) -> None:
    """What a person wrote is never lost."""
    path = init(tmp_path)
    before = path.read_text(encoding="utf-8")
    with pytest.raises(UserError):
        init(tmp_path)
    assert path.read_text(encoding="utf-8") == before


def test_settings_import_nothing_heavy() -> None:
    """Reading a configuration imports neither torch nor spaCy."""
    code = (
        "import sys, studio.settings; sys.exit(bool({'torch', 'spacy', 'transformers', 'nicegui'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ)).returncode == 0


def test_an_option_that_is_refused_names_its_file_and_a_remedy(tmp_path: Path) -> None:
    """Also where the option's own record knows neither."""
    path = tmp_path / "plumbline.toml"
    path.write_text('documents = ["a.md"]\n[extraction]\nmax_megabytes = 0\n', encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(f"{path}: [extraction] ")
    assert "extraction." not in str(caught.value)
    assert caught.value.hint
    path.write_text('documents = "a.md"\n', encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_settings(path)
    assert caught.value.hint == 'write ["a.md"]'


def test_a_model_that_is_not_there_is_refused_before_any_work(tmp_path: Path) -> None:
    """A name that is neither a folder nor fetched."""
    (tmp_path / "a.md").write_text("# A", encoding="utf-8")
    path = tmp_path / "plumbline.toml"
    path.write_text('documents = ["a.md"]\n[models]\nbase = "no such model"\n', encoding="utf-8")
    with pytest.raises(UserError, match="no such model"):
        require_inputs(load_settings(path))


def test_a_models_folder_is_taken_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As every other path; a name without such a folder stays a name."""
    monkeypatch.chdir("/")
    (tmp_path / "mine").mkdir()
    settings = load_settings(write(tmp_path, '[models]\nbase = "mine"\nspacy = "spacy"\n'))
    assert (settings.models.base, settings.models.spacy) == (str(tmp_path / "mine"), "spacy")
