"""What offices call the columns, measures and sectors of a table of figures, folded as `tables.fold` does."""

from __future__ import annotations

import re
from functools import lru_cache

from forecast.tables import fold, latin
from forecast.tables.labels import STATUS, without_marks, without_number

ALIASES = {
    "region": (
        "tinh",
        "tinh_thanh",
        "dia_phuong",
        "dia_ban",
        "khu_vuc",
        "vung",
        "province",
        "area",
        "ref_area",
        "geo",
    ),
    "sector": ("nganh", "nganh_cong_nghiep", "linh_vuc", "industry", "activity", "nace_r2"),
    "period": (
        "ky",
        "ky_bao_cao",
        "thang",
        "thoi_gian",
        "thoi_ky",
        "month",
        "date",
        "time_period",
        "reference_month",
        "monat",
        "berichtsmonat",
        "zeitraum",
        "mois",
        "periode",
        "mes",
        "periodo",
    ),
    "measure": ("chi_so", "chi_tieu", "loai_chi_so", "indicator"),
    "value": ("gia_tri", "so_lieu", "obs_value"),
    "published": ("ngay_cong_bo", "cong_bo", "thang_cong_bo", "publication_date", "release_date", "vintage"),
    "source": ("nguon", "nguon_so_lieu"),
    "unit": ("don_vi", "don_vi_tinh", "rounding"),
}
REQUIRED = ("region", "sector", "period", "measure", "value", "published")

MEASURE_WORDS = {  # folded words of an office -> measure
    "so_voi_thang_truoc": "mom_pct",
    "so_voi_cung_ky": "yoy_pct",
    "so_voi_cung_ky_nam_truoc": "yoy_pct",
    "thang_so_voi_cung_ky": "yoy_pct",
    "cong_don": "ytd_yoy_pct",
    "luy_ke": "ytd_yoy_pct",
    "cong_don_so_voi_cung_ky": "ytd_yoy_pct",
    "luy_ke_so_voi_cung_ky": "ytd_yoy_pct",
    "quy_so_voi_cung_ky": "qtr_yoy_pct",
    "chi_so": "index",
    "chi_so_san_xuat_cong_nghiep": "index",
    "iip": "index",
}
_SECTORS = {
    "total": "total",
    "all_industry": "total",
    "toan_nganh": "total",
    "toan_nganh_cong_nghiep": "total",
    "toan_tinh": "total",
    "tong_so": "total",
    "toan_tinh_thanh_pho": "total",
    "chung": "total",
    "cong_nghiep": "total",
    "whole_industry": "total",
    "total_industry": "total",
    "all_industries": "total",
    "general_index": "total",
    "general": "total",
    "overall": "total",
    "industry": "total",
    "industry_total": "total",
    "total_industrial_production": "total",
    "industrial_production": "total",
    "index_of_industrial_production": "total",
    "industrial_production_index": "total",
    "iip": "total",
    "iip_chung": "total",
    "total_iip": "total",
    "chi_so_chung": "total",
    "chi_so_toan_nganh": "total",
    "chi_so_san_xuat_cong_nghiep": "total",
    "chung_toan_nganh": "total",
    "tong": "total",
    "tong_cong": "total",
    "toan_thanh_pho": "total",
    "cong_nghiep_toan_tinh": "total",
    "toan_nganh_cong_nghiep_toan_tinh": "total",
    "insgesamt": "total",
    "industrie_insgesamt": "total",
    "ensemble": "total",
    "ensemble_de_l_industrie": "total",
    "indice_general": "total",
    "industria_geral": "total",
    "промышленное_производство": "total",
    "индекс_промышленного_производства": "total",
    "промышленность": "total",
    "промышленность_всего": "total",
    "добыча_полезных_ископаемых": "mining",
    "обрабатывающие_производства": "manufacturing",
    "mining_and_quarrying": "mining",
    "electricity_gas_steam_and_air_conditioning_supply": "electricity",
    "electricity_production_and_distribution": "electricity",
    "production_and_distribution_of_electricity": "electricity",
    "water_supply": "water",
    "water_supply_sewerage_waste_management_and_remediation_activities": "water",
    "cong_nghiep_khai_thac": "mining",
    "cong_nghiep_khai_thac_mo": "mining",
    "cong_nghiep_che_bien": "manufacturing",
    "mining_quarrying": "mining",
    "mining": "mining",
    "manufacturing": "manufacturing",
    "manufacturing_industry": "manufacturing",
    "electricity": "electricity",
    "water": "water",
    "khai_khoang": "mining",
    "cong_nghiep_khai_khoang": "mining",
    "che_bien_che_tao": "manufacturing",
    "cong_nghiep_che_bien_che_tao": "manufacturing",
    "san_xuat_va_phan_phoi_dien": "electricity",
    "san_xuat_phan_phoi_dien": "electricity",
    "san_xuat_va_phan_phoi_dien_khi_dot_nuoc_nong_hoi_nuoc_va_dieu_hoa_khong_khi": "electricity",
    "cung_cap_nuoc": "water",
    "cung_cap_nuoc_hoat_dong_quan_ly_va_xu_ly_rac_thai_nuoc_thai": "water",
    "cung_cap_nuoc_quan_ly_va_xu_ly_rac_thai_nuoc_thai": "water",
}
_OWNERSHIP = (
    "nha_nuoc",
    "quoc_doanh",
    "nuoc_ngoai",
    "trung_uong",
    "dia_phuong",
    "tu_nhan",
    "ca_the",
    "tap_the",
    "state",
)
_MARKED = re.compile(
    r"\s*(?:\(?\d{1,2}\)|\([*A-Z+, ]{1,12}\)|[*:]+)$"
)  # Toàn ngành 1), Toàn ngành (IIP), Tổng số:
_WHOLE = 4  # letters of a word that says a sector beside one of another script; chosen: "IIP" and the like say none
_SHORT = {"cn": "cong_nghiep", "sx": "san_xuat", "pp": "phan_phoi"}
"""Words that offices shorten."""
_NAMING = ("nganh_", "cong_nghiep_")
"""Words before the name of a sector that are no part of it."""
_PARTED = re.compile(r"\s[-–]\s|/|\n")  # a label in two languages
INDEX_UNITS = frozenset({"điểm", "index", "points"})
NOT_A_UNIT = frozenset({"", "%", "percent", "pct", "phan tram", "phần trăm"}) | INDEX_UNITS


def sector_word(text: str) -> str:
    """Return the word of the project for a sector as an office writes it; another sector keeps its own name.

    >>> sector_word("B. Khai khoáng"), sector_word("Sản xuất da")
    ('mining', 'Sản xuất da')
    """
    return _known(text) or text


def sector_named(text: str) -> str:
    """Return the word of the project that a text names, "" for none.

    >>> sector_named("Khai khoáng"), sector_named("2024")
    ('mining', '')
    """
    return _known(text) or ""


def is_sector(label: str) -> bool:
    """Tell a label that names one of the project's sectors.

    >>> is_sector("Toàn ngành công nghiệp"), is_sector("Промышленное производство"), is_sector("Hà Nội")
    (True, True, False)
    >>> [sector_word(label) for label in ("Ngành CN chế biến, chế tạo", "Toàn ngành 1)", "IIP chung", "Chế biến gỗ")]
    ['manufacturing', 'total', 'total', 'Chế biến gỗ']
    """
    return _known(label) is not None


@lru_cache(maxsize=5000)  # files repeat their labels
def _known(label: str) -> str | None:
    """Return the project's word for a sector, written in one language or in two ("Khai khoáng - Mining")."""
    word = _listed(label)
    if word is not None:
        return word
    both = {_listed(part.strip()) for part in _PARTED.split(label)}
    return both.pop() if len(both) == 1 else None


def _listed(label: str) -> str | None:
    """Return the word of a listed label, without its number, its marks and what only says that it is a sector."""
    plain = without_number(_MARKED.sub("", without_marks(label, STATUS)))
    beside = latin(plain)  # "Total 合计", and not "IIP" beside a sector in letters that are not Latin
    for text in dict.fromkeys((fold(plain), beside if len(beside) >= _WHOLE else "")):
        name = "_".join(_SHORT.get(word, word) for word in text.split("_"))
        for naming in ("", *_NAMING):
            if name.startswith(naming) and (word := _SECTORS.get(name.removeprefix(naming))):
                return word
    return None


def is_ownership(label: str) -> bool:
    """Tell a label that splits output by who owns it, as bulletins to 2011 do.

    >>> is_ownership("Đầu tư nước ngoài"), is_ownership("Hà Nội")
    (True, False)
    """
    return any(word in fold(label) for word in _OWNERSHIP)
