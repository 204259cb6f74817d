"""The uploads of the demonstration: photographs drawn with words on them, scans rendered from a page. All of it says
that it is invented; all of it passes the same examination as an upload from a browser."""

import zlib
from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from PIL import Image, ImageDraw, ImageFont

from coordination.kernel import pdf
from coordination.kernel.fonts import font_files

SIZE = (720, 480)
MARK = "演示图片，内容虚构"
SKIES = ((176, 196, 214), (198, 202, 200), (160, 178, 196), (212, 204, 188))
HILLS = ((112, 118, 96), (128, 112, 92), (98, 110, 104), (120, 104, 84))
PAGE = """<!doctype html><html lang="zh-Hans"><title>{title}</title><style>
@page {{ size: A4; margin: 30mm 26mm }} body {{ font: 14pt/1.9 仿宋 }} h1 {{ font: 20pt 小标宋; text-align: center }}
.seals {{ margin-top: 24mm; display: flex; justify-content: space-around }}
.seal {{ width: 36mm; height: 36mm; border: 1.2mm solid #c8102e; border-radius: 50%; color: #c8102e; text-align: center;
font: 11pt/1.4 宋体; padding-top: 9mm; box-sizing: border-box }} .note {{ font-size: 10pt; color: #666 }}
</style><body><h1>{title}</h1>{lines}<div class="seals">{seals}</div><p class="note">演示扫描件，内容虚构</p>
</body></html>"""


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """黑体 where the installation has it."""
    known = font_files()
    chosen = next((path for path in known if "Hei" in path.name), known[0])
    return ImageFont.truetype(str(chosen), size)


def photo(title: str, *lines: str) -> SimpleUploadedFile:
    """A JPEG of a hillside with the words of a camera's stamp; another title gives another hillside."""
    seed = zlib.crc32("".join((title, *lines)).encode())
    image = Image.new("RGB", SIZE, SKIES[seed % 4])
    draw = ImageDraw.Draw(image)
    ridge = [(x, 190 + (seed >> n) % 90) for n, x in enumerate(range(0, SIZE[0] + 90, 90))]
    draw.polygon([(0, SIZE[1]), *ridge, (SIZE[0], SIZE[1])], fill=HILLS[(seed >> 4) % 4])
    draw.rectangle((0, SIZE[1] - 40 - 26 * len(lines), SIZE[0], SIZE[1]), fill=(30, 30, 30))
    for number, words in enumerate((*lines, MARK)):
        draw.text((16, SIZE[1] - 32 - 26 * len(lines) + 26 * number), words[:40], font=_font(19), fill="white")
    return _jpeg(image, title)


def page(title: str, *lines: str, seals: tuple[str, ...] = ()) -> SimpleUploadedFile:
    """A JPEG: a page photographed with a telephone, sealed by the organs named in `seals`."""
    image = Image.new("RGB", (620, 800), (96, 92, 86))
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, 596, 776), fill=(250, 249, 245))
    draw.text((310, 80), title, font=_font(26), fill="black", anchor="mm")
    rows = [line[n : n + 24] for line in lines for n in range(0, len(line), 24)]
    for number, words in enumerate(rows[:14]):
        draw.text((56, 130 + 34 * number), words, font=_font(20), fill="black")
    for number, organ in enumerate(seals):
        x = 150 + 240 * number
        draw.ellipse((x, 610, x + 130, 740), outline=(200, 16, 46), width=4)
        draw.text((x + 65, 660), organ, font=_font(15), fill=(200, 16, 46), anchor="mm")
        draw.text((x + 65, 690), "演示印章", font=_font(15), fill=(200, 16, 46), anchor="mm")
    draw.text((56, 752), MARK, font=_font(14), fill=(120, 120, 120))
    return _jpeg(image, title)


def _jpeg(image: Image.Image, title: str) -> SimpleUploadedFile:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=70)
    return SimpleUploadedFile(f"{title}.jpg", stream.getvalue(), "image/jpeg")


def scan(title: str, *lines: str, seals: tuple[str, ...] = ()) -> SimpleUploadedFile:
    """A PDF of one page, sealed by the organs named in `seals`."""
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    rounds = "".join(f'<div class="seal">{escape(organ)}<br>演示印章</div>' for organ in seals)
    content = pdf.render(PAGE.format(title=escape(title), lines=words, seals=rounds))
    return SimpleUploadedFile(f"{title}.pdf", content, "application/pdf")
