"""What offices call the columns, measures and sectors of a table of figures, folded as `tables.fold` does."""

from __future__ import annotations

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
SECTOR_WORDS = {
    "toan_nganh": "total",
    "toan_nganh_cong_nghiep": "total",
    "khai_khoang": "mining",
    "cong_nghiep_khai_khoang": "mining",
    "che_bien_che_tao": "manufacturing",
    "cong_nghiep_che_bien_che_tao": "manufacturing",
    "san_xuat_va_phan_phoi_dien": "electricity",
    "cung_cap_nuoc": "water",
}
NOT_A_UNIT = frozenset({"", "%", "percent", "pct", "phan tram", "phần trăm", "điểm", "index", "points"})
