// Package roster turns the raw cells of one department's file into canonical
// rows. It finds the header of every sheet, matches its columns to canonical
// ones by alias, folds each value (a date, an amount, a yes, a town) to one
// form, and hands the rows on as Arrow record batches. What it cannot take it
// keeps whole, as a reject; what it leaves aside it counts, and the account of
// every sheet must balance.
//
// One sheet row becomes one canonical row, in sheetRun.take; a household that is
// written as one row (members in repeated columns, lists in a cell) becomes one row
// a member, all with the number of the sheet's row, in sheetRun.admit.
//
// # Glossary
//
//	kind        one of the eight rosters of kinds/*.yaml
//	column      a canonical column; its name is that of schema/rosters.sql
//	alias       a header under which departments send a column
//	fold        to bring a header or a value to the one form that is compared
//	layout      which cells of a sheet hold which column, from one header on
//	group       the rows of one household; cells merged over them are filled down
//	household   in a layout: each row of the sheet is one
//	seat        the numbered columns of one member in such a row (成员2姓名, 成员2身份证号)
//	page column one of two or three tables side by side under the same header
//	persons     canonical rows; a sheet's loaded row gives one or more
//	structural  a row that is no data: title, header, total, footer
//	reject      a row with data but without a person; kept with all its cells
//	account     read = loaded + rejected + structural + blank, for every sheet
//	fault count how many filled cells of a column could not be folded
//
// # Invariants
//
// A row is loaded when it has a name or an ID number, whatever else is wrong with
// it. A value that cannot be folded becomes NULL and is counted, never dropped
// silently and never guessed. Lists of names and of numbers are paired by place
// where they are as long as each other, and not at all where they are not. Group
// values never cross a total row, a table or a sheet. The same file and options give
// the same rows in the same order. No error text holds a name or an ID number.
package roster
