"""Items and holdings from a sheet, and the admin's pages of the catalogue."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from import_export.formats.base_formats import XLSX
from openpyxl import Workbook

from coordination.demo import load_items
from coordination.demo.load import load_county
from coordination.kernel.admin.catalogue import HoldingResource, ItemResource
from coordination.kernel.catalogue import Entrustment, Holding, Item
from coordination.kernel.organs import Organ, User

HEAD = {
    "县代码": "ningwu",
    "序号": 200,
    "事项编码": "140925200",
    "事项名称": "擅自移动界桩",
    "违法行为": "擅自移动河道界桩",
    "违反的法律法规": "中华人民共和国防洪法",
    "违反条款": "第二十二条",
    "处罚依据": "中华人民共和国防洪法",
    "处罚条款": "第六十条",
    "文本版本": "2016年修正",
    "核对说明": "",
    "领域": "水利",
    "县级主管部门标识": "ningwu.shuili",
    "须法制审核": 0,
    "决定在县级": 0,
    "列入目录之日": "2026-12-01",
    "移出目录之日": "",
}
HOLDING = {
    "事项编码": "140925003",
    "承担机关标识": "ningwu.dongzhai",
    "适用乡镇标识": "ningwu.dongzhai",
    "方式": "devolved",
    "自": "2027-01-01",
    "至": "",
    "省级赋权决定文号": "演示赋权决定〔2026〕1号",
    "省级赋权决定日期": "2026-09-15",
    "原承担部门标识": "ningwu.ziran",
    "委托书编号": "",
}


@pytest.fixture(autouse=True)
def county(db, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(load_items, "render", lambda html: b"%PDF-1.7")
    return load_county()


def sheet_file(*rows: dict) -> bytes:
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sheet(*rows: dict):
    """An xlsx file, written and read back as the admin reads it."""
    return XLSX().create_dataset(sheet_file(*rows))


def complaints(result) -> str:
    rows = [str(error.error) for _, errors in result.row_errors() for error in errors]
    return " ".join(rows + [str(row.error) for row in result.invalid_rows])


def test_a_new_item_comes_in_with_its_pinyin():
    result = ItemResource().import_data(sheet(HEAD))
    assert not complaints(result)
    item = Item.objects.get(code="140925200")
    assert (item.initials, item.since, item.guide.key) == ("szydjz", date(2026, 12, 1), "ningwu.shuili")


def test_a_known_number_is_changed_and_not_doubled():
    before = Item.objects.count()
    assert not complaints(ItemResource().import_data(sheet(HEAD | {"序号": 1, "事项编码": "140925001"})))
    assert Item.objects.count() == before
    assert Item.objects.get(number=1).title == "擅自移动界桩"


@pytest.mark.parametrize(
    ("cell", "value"), [("处罚条款", ""), ("县级主管部门标识", "ningwu.nobody"), ("列入目录之日", "去年")]
)
def test_a_row_that_the_form_would_refuse_is_refused_and_nothing_is_written(cell, value):
    before = Item.objects.count()
    result = ItemResource().import_data(sheet(HEAD | {cell: value}))
    assert complaints(result)
    assert Item.objects.count() == before


@pytest.mark.rules("NW-3.11")
def test_a_later_devolution_comes_in_and_the_former_holders_stay():
    assert not complaints(HoldingResource().import_data(sheet(HOLDING)))
    holding = Holding.objects.get(item__number=3, place__key="ningwu.dongzhai")
    assert (holding.since, holding.mode) == (date(2027, 1, 1), "devolved")


def test_an_overlapping_holder_in_a_sheet_is_refused_with_the_others_name():
    row = HOLDING | {"适用乡镇标识": "ningwu.xinbu", "承担机关标识": "ningwu.xinbu"}
    assert "已由新堡乡以赋权方式承担" in complaints(HoldingResource().import_data(sheet(row)))


@pytest.mark.rules("LAW-1")
def test_a_devolution_in_a_sheet_needs_the_provincial_decision():
    result = HoldingResource().import_data(sheet(HOLDING | {"省级赋权决定文号": ""}))
    assert "省级赋权决定的文号和日期" in complaints(result)


def test_a_holding_that_has_begun_cannot_be_deleted_in_the_admin(client):
    client.force_login(User.objects.get(username="admin"))
    begun = Holding.objects.get(item__number=44, place__key="ningwu.dongzhai")
    coming = Holding.objects.get(item__number=48, place__key="ningwu.fenghuang")
    answers = [client.get(reverse("admin:kernel_holding_delete", args=[row.pk])).status_code for row in (begun, coming)]
    assert answers == [403, 200]


def test_the_admins_lists_of_the_catalogue_open(client):
    client.force_login(User.objects.get(username="admin"))
    for name, query in (("item", "shanzi"), ("holding", "44"), ("entrustment", "演示")):
        page = client.get(reverse(f"admin:kernel_{name}_changelist"), {"q": query})
        assert page.status_code == 200
    assert "委托书未签订或者未存档" in client.get(reverse("admin:kernel_entrustment_changelist")).content.decode()
    letter = Entrustment.objects.first()
    assert client.get(reverse("admin:kernel_entrustment_change", args=[letter.pk])).status_code == 200


def sent(client, *rows: dict):
    """The page that a sheet leads to in the admin: the preview, or what is wrong."""
    client.force_login(User.objects.get(username="admin"))
    file = SimpleUploadedFile("items.xlsx", sheet_file(*rows) if rows else b"PK junk")
    return client.post(reverse("admin:kernel_item_import"), {"import_file": file, "format": "0", "resource": ""})


def confirmed(client, preview):
    told = preview.context["confirm_form"].initial
    return client.post(reverse("admin:kernel_item_process_import"), told, follow=True).text


def test_what_is_confirmed_in_the_admin_is_written_with_the_rights_of_the_web(client, as_app_role):
    preview = sent(client, HEAD)
    with as_app_role():
        assert "导入成功" in confirmed(client, preview)
    assert Item.objects.filter(code="140925200").exists()


def test_what_cannot_be_written_any_more_is_no_success(client):
    preview = sent(client, HEAD)
    Organ.objects.filter(key="ningwu.shuili").update(key="ningwu.water")
    told = confirmed(client, preview)
    assert "没有导入：第 1 行：没有标识为“ningwu.shuili”的机关" in told
    assert "导入成功" not in told
    assert not Item.objects.filter(code="140925200").exists()


def test_a_name_that_is_not_known_and_a_file_that_is_no_sheet_are_refused_in_words(client):
    assert "没有标识为“ningwu.nobody”的机关" in sent(client, HEAD | {"县级主管部门标识": "ningwu.nobody"}).text
    assert "没有标识为“999”的执法事项" in complaints(
        HoldingResource().import_data(sheet(HOLDING | {"事项编码": "999"}))
    )
    assert "请确认是 Excel 另存的 xlsx 文件" in sent(client).text
