"""Make the bulletin of the how-to "read a bulletin": `python make_bulletin.py FILE.xlsx`.

The rates of all industry are those that Bắc Ninh published on 30 May 2024; every other number is invented. The layout
is that of the monthly workbooks of Vietnamese statistics offices: headings over five rows, one sheet among others.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

CROPS = [
    ["1. Sản xuất nông nghiệp đến ngày 15 tháng 5 năm 2024"],
    [],
    ["", "Thực hiện cùng", "Thực hiện", "Thực hiện kỳ này"],
    ["", "kỳ năm trước", "kỳ này", "so với cùng kỳ"],
    ["", "(Nghìn ha)", "(Nghìn ha)", "năm trước (%)"],
    ["Lúa đông xuân", 31.2, 30.9, 99.0],
    ["Ngô", 1.4, 1.3, 92.9],
]
INDUSTRY = [
    ["2. Chỉ số sản xuất công nghiệp tỉnh Bắc Ninh tháng 5 năm 2024"],
    [],
    ["", "", "", "", "%"],
    ["", "Tháng 4", "Tháng 5", "Tháng 5", "5 tháng"],
    ["", "năm 2024", "năm 2024", "năm 2024", "năm 2024"],
    ["", "so với", "so với", "so với", "so với"],
    ["", "cùng kỳ", "tháng", "cùng kỳ", "cùng kỳ"],
    ["", "năm trước", "trước", "năm trước", "năm trước"],
    ["Toàn ngành công nghiệp", 104.89, 113.11, 127.11, 100.16],
    ["Khai khoáng", 98.4, 101.2, 97.3, 96.8],
    ["Công nghiệp chế biến, chế tạo", 104.9, 113.2, 127.4, 100.1],
    ["Sản xuất đồ uống", 103.7, 104.4, 99.2, 101.5],
    ["Sản xuất sản phẩm điện tử, máy vi tính", "", "", "", ""],
    ["và sản phẩm quang học", 105.2, 114.5, 129.8, 99.6],
    ["Sản xuất và phân phối điện", 110.6, 97.7, 109.1, 111.1],
    ["Cung cấp nước; hoạt động quản lý", "", "", "", ""],
    ["và xử lý rác thải, nước thải", 119.5, 102.6, 120.4, 121.3],
]
PRODUCTS = [
    ["3. Một số sản phẩm chủ yếu của ngành công nghiệp"],
    [],
    ["", "Đơn vị", "Ước tính tháng 5", "Tháng 5 so với cùng kỳ (%)"],
    ["Điện thoại di động", "Nghìn cái", 7250, 118.3],
    ["Bia", "Nghìn lít", 9120, 98.8],
]


def main(path: Path) -> None:
    """Write the workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (("1.NN", CROPS), ("2.IIP", INDUSTRY), ("3.SP", PRODUCTS)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
