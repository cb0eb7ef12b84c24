"""Pictures are drawn anew: what is refused, and what is left of those that are taken."""

import io
import random
import zipfile

import pytest
from PIL import Image

from hub.core import pictures
from hub.core.errors import UnavailableError
from hub.core.kinds import PICTURES
from hub.core.uploads import path_of
from tests.core.samples import good, picture, refusal, send


def kept(folder, accepted):
    return path_of(folder, accepted).read_bytes()


@pytest.mark.parametrize("kind", PICTURES)
def test_a_truncated_picture_is_refused(tmp_path, kind):
    noise = Image.frombytes("RGB", (60, 60), random.Random(1).randbytes(60 * 60 * 3))
    made = io.BytesIO()
    noise.save(made, pictures.FORMATS[kind])
    whole = made.getvalue()
    for share in (0.02, 0.3, 0.9):
        refusal(tmp_path, f"a.{kind}", whole[: max(20, int(len(whole) * share))])


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_turned_upright_and_tells_nothing_else(tmp_path, kind):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn to the right
    exif[0x010F] = "canary camera"
    options = {"comment": b"canary words"} if kind in {"jpg", "jpeg"} else {}
    sent = picture(pictures.FORMATS[kind], exif=exif, icc_profile=b"canary profile" * 20, **options)
    assert b"canary" in sent
    drawn = kept(tmp_path, send(tmp_path, f"a.{kind}", sent + b"PK canary archive"))
    assert b"canary" not in drawn
    with Image.open(io.BytesIO(drawn)) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()
        assert sum(shown.convert("RGB").getpixel((10, 5))) < 30
        assert sum(shown.convert("RGB").getpixel((10, 35))) > 700


def test_what_is_transparent_stays_so(tmp_path):
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([255, 0, 0, 0, 255, 0])
    made = io.BytesIO()
    palette.save(made, "PNG", transparency=1)
    for kind, sent in (("png", made.getvalue()), ("webp", picture("WEBP", mode="RGBA", colour=(0, 0, 0, 0)))):
        with Image.open(io.BytesIO(kept(tmp_path, send(tmp_path, f"a.{kind}", sent)))) as shown:
            assert shown.convert("RGBA").getpixel((3, 3))[3] == 0


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("jpg", "CMYK"), ("jpg", "L"), ("png", "1"), ("png", "LA"), ("png", "I;16"), ("webp", "RGBA")],
)
def test_every_way_to_store_pixels_is_read(tmp_path, kind, mode):
    made = io.BytesIO()
    Image.new(mode, (8, 8)).save(made, pictures.FORMATS[kind])
    assert send(tmp_path, f"a.{kind}", made.getvalue())


@pytest.mark.parametrize(
    ("kind", "size"), [("png", (200_000, 201)), ("jpg", (10_000, 4_001)), ("webp", (8_001, 5_000))]
)
def test_a_picture_that_unpacks_to_too_many_pixels_is_refused(tmp_path, kind, size):
    made = io.BytesIO()
    Image.new("L", size).save(made, pictures.FORMATS[kind])
    assert "40 million pixels" in refusal(tmp_path, f"a.{kind}", made.getvalue())


@pytest.mark.parametrize("pixels", [50_000, 100_000])
def test_a_picture_that_only_claims_to_be_huge_is_refused(tmp_path, pixels):
    sent = bytearray(good("png"))
    sent[16:24] = pixels.to_bytes(4) * 2
    sent[29:33] = zipfile.crc32(sent[12:29]).to_bytes(4)
    assert "40 million pixels" in refusal(tmp_path, "a.png", bytes(sent))


def test_a_further_picture_waits_for_its_turn(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pictures._turn(), pytest.raises(UnavailableError):
        send(tmp_path, "a.png", good("png"))
