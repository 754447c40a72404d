//go:build office

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// asker is a macro with which LibreOffice opens a file under a password, which its
// command line cannot, and saves it again: under a password too, or open.
const asker = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Asker" script:language="StarBasic">
Sub Save(source, target, filter, password, sealing)
	Dim asked(1) As New com.sun.star.beans.PropertyValue
	asked(0).Name = "Password" : asked(0).Value = password
	asked(1).Name = "Hidden" : asked(1).Value = True
	document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, asked())
	If sealing = "" Then
		Dim plain(0) As New com.sun.star.beans.PropertyValue
		plain(0).Name = "FilterName" : plain(0).Value = filter
		document.storeToURL(ConvertToURL(target), plain())
	Else
		Dim locked(1) As New com.sun.star.beans.PropertyValue
		locked(0).Name = "FilterName" : locked(0).Value = filter
		locked(1).Name = "Password" : locked(1).Value = sealing
		document.storeToURL(ConvertToURL(target), locked())
	End If
	document.close(True)
End Sub
</script:module>`

// officeProfile is a LibreOffice profile with the macro in it. LibreOffice makes the
// profile: one that it finds half made it makes anew.
func officeProfile(t *testing.T) string {
	t.Helper()
	profile := t.TempDir()
	convert(t, []string{"--headless", "-env:UserInstallation=file://" + profile, "--terminate_after_init"})
	const library = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Asker"/></library:library>`
	for name, text := range map[string]string{"Asker.xba": asker, "script.xlb": library} {
		if err := os.WriteFile(filepath.Join(profile, "user", "basic", "Standard", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return profile
}

func resave(t *testing.T, profile, source, target, filter, password, sealing string) {
	t.Helper()
	macro := fmt.Sprintf(`macro:///Standard.Asker.Save("%s","%s","%s","%s","%s")`, source, target, filter, password, sealing)
	convert(t, []string{"--headless", "-env:UserInstallation=file://" + profile, macro})
	if _, err := os.Stat(target); err != nil {
		t.Fatalf("LibreOffice did not save %s", target)
	}
}

// TestOfficeOpensEncrypted has LibreOffice open workbook and paper under their
// password, and 7-Zip the CSVs; what LibreOffice saves under it is read back.
func TestOfficeOpensEncrypted(t *testing.T) {
	const password = "correct horse 2021 电池"
	dir := sampleFolder(t)
	secret := filepath.Join(dir, "口令")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	day := sampleWith(t, dir, "password_file: 口令")
	town, profile := filepath.Join(day, "上板城镇"), officeProfile(t)

	opened := filepath.Join(dir, "台账.xlsx")
	resave(t, profile, filepath.Join(town, "上板城镇_问题台账_2021-06-10.xlsx"), opened, "Calc MS Excel 2007 XML", password, "")
	if text, err := cells(opened); err != nil || !strings.Contains(string(text), "上板城镇问题台账：本期变化") {
		t.Errorf("the workbook came back as %.200s, error %v", text, err)
	}
	paper := filepath.Join(dir, "说明书.txt")
	resave(t, profile, filepath.Join(day, "全区", "比对说明书.docx"), paper, "Text", password, "")
	contains(t, paper, "民政领域名册比对说明书")

	zip := filepath.Join(town, "上板城镇_CSV.zip")
	for _, name := range []string{"漏保.csv", "数据质量.csv"} {
		text, err := exec.Command("7zz", "x", "-so", "-p"+password, zip, name).Output()
		if err != nil || !strings.HasPrefix(string(text), "\ufeff疑点编号,") {
			t.Errorf("7-Zip gives of %s: %.80s, error %v", name, text, err)
		}
	}
	listed, err := exec.Command("7zz", "l", "-slt", zip).Output()
	if err != nil || strings.Count(string(listed), "Method = AES-256 Deflate") != 6 {
		t.Errorf("7-Zip lists (error %v)\n%s", err, listed)
	}
	if out, err := exec.Command("7zz", "t", "-pwrong password", zip).CombinedOutput(); err == nil {
		t.Errorf("another password opens it\n%s", out)
	}
	if out, err := exec.Command("7zz", "t", "-p"+password, filepath.Join(day, "全区", "全区_CSV.zip")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}

	filled, saved := filepath.Join(dir, "填好.xlsx"), filepath.Join(dir, "交回.xlsx")
	fillFirst(t, filepath.Join(town, "上板城镇_问题台账_2021-06-10.xlsx"), filled, password, func(f *excelize.File, sheet string, row int) {
		setCell(t, f, sheet, 18, row, "属实")
	})
	resave(t, profile, filled, saved, "Calc MS Excel 2007 XML", password, password)
	takes(t, filepath.Join(dir, "config.yaml"), saved, "答复 1 行，登记 1，没有登记 0")
}

func contains(t *testing.T, path, phrase string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), phrase) {
		t.Errorf("%s came back without %q: %.200s", filepath.Base(path), phrase, text)
	}
}
