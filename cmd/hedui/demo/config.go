package demo

import (
	"fmt"
	"strings"
)

const districtName = "承德高新区"

// config is the district's config.yaml: its towns, and the patterns that its
// departments' file names fit.
func config(towns []*town) string {
	var b strings.Builder
	b.WriteString(`# 合成数据的配置（hedui demo 生成）：人员、证号、金额都是虚构的。路径以本文件所在文件夹为准。
district: 承德高新区
department: 承德高新区社会事务管理局
paths: {inbox: 2021-06/inbox, warehouse: data/warehouse.duckdb, publish: data/hedui.duckdb, out: data/out, logs: data/logs}
towns:
`)
	for _, t := range towns {
		fmt.Fprintf(&b, "  - {name: %s, code: %q, aliases: [%s]}\n", t.name, t.code, t.short)
	}
	b.WriteString(`sources:
  registered_poor: {files: ["*建档立卡*", "*监测对象*"], aliases: {}, blank_is_unknown: []}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  disability: {files: ["*残疾*"]}
  medical_aid: {files: ["*医疗*", "*医保*"]}
  school: {files: ["*学校*", "*在校*", "*资助*"]}
  temporary_aid: {files: ["*临时救助*"]}
  verification: {files: ["*核对*"]}
policy: {}
limits: {reject_rate: 0.01, shrink_rate: 0.2, stale_days: 45, memory: 4GB, threads: 0, canaries: true}
reports: {due: 2021-06-15, password_env: "", mask: false}
retention: {rejects_days: 365, history_days: 1095, out_days: 730}
`)
	return b.String()
}
