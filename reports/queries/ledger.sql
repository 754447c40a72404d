-- A sheet of the ledger: one category's findings, or those of the watched rules.
SELECT row_number() OVER (ORDER BY place_in_all) AS n, * EXCLUDE (sheet, place_in_all)
FROM report_sheet
WHERE sheet = ? AND (? = '' OR report_town = ?)
ORDER BY n
