-- A sheet of the ledger: one category's findings, or those of the watched rules.
SELECT row_number() OVER (ORDER BY place_in_all) AS n, * EXCLUDE (sheet, place_in_all)
FROM report_sheet
WHERE sheet = $sheet AND ($town = '' OR report_town = $town)
ORDER BY n
