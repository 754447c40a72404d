package fault_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestReadmeTellsEveryCode: an operator finds each code that the program prints in
// the table, and none that it never does.
func TestReadmeTellsEveryCode(t *testing.T) {
	source, err := os.ReadFile("fault.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, found := range regexp.MustCompile(`Code = "(.+)"`).FindAllStringSubmatch(string(source), -1) {
		codes = append(codes, found[1])
	}
	slices.Sort(codes)

	readme, err := os.ReadFile("../../README.zh-CN.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## 故障代码\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var told []string
	for _, row := range regexp.MustCompile(`(?m)^\| (E-[A-Z]+-)(\d\d)(?: … (\d\d))? \|`).FindAllStringSubmatch(section, -1) {
		first, _ := strconv.Atoi(row[2])
		last, err := strconv.Atoi(row[3])
		if err != nil {
			last = first
		}
		for n := first; n <= last; n++ {
			told = append(told, fmt.Sprintf("%s%02d", row[1], n))
		}
	}
	slices.Sort(told)
	if !slices.Equal(told, codes) {
		t.Errorf("README.zh-CN.md tells of\n%v\nthe program of\n%v", told, codes)
	}
}
