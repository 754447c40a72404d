package demo

import (
	"math/rand/v2"
	"strings"
)

// Common surnames, the most frequent several times; no given name below makes a
// known person's name its aim, and every combination is drawn at random.
var surnames = strings.Fields(`王 王 王 王 李 李 李 李 张 张 张 张 刘 刘 刘 陈 陈 杨 杨 赵 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗
梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖
邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 司马 上官 诸葛 东方`)

var maleGiven = strings.Fields(`伟 强 磊 军 洋 勇 杰 涛 明 超 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 欢 阳 建华 建国 建军 志强
志明 海波 海涛 文斌 文博 国强 国庆 国华 长江 德胜 德福 福来 宝山 宝林 金山 金生 玉林 玉山 永刚 永强 永生 春生 树林 树军 振华 振东 子轩 浩然 宇轩
子涵 俊杰 明轩 天佑 成林 占山 凤山 景龙 景春 殿军 殿臣 瑞祥 瑞林 连生 连成 广财 广生 庆丰 庆林 立新 立民 学文 学军 少华 少波 晓东 晓峰 亚东 亚军`)

var femaleGiven = strings.Fields(`芳 娜 敏 静 丽 艳 娟 霞 秀 燕 玲 桂 英 慧 红 梅 琳 云 莉 兰 洁 颖 倩 婷 雪 琴 秀英 秀兰 秀珍 桂英 桂兰 桂芝 玉兰
玉珍 玉梅 玉芹 凤英 凤兰 凤琴 淑珍 淑芬 淑华 淑兰 丽华 丽娟 丽娜 红梅 红霞 春梅 春花 春艳 海燕 海霞 小红 小燕 雅静 雅琴 欣怡 梓涵 诗涵 雨欣 思雨
佳怡 佳琪 一诺 可馨 艳丽 艳华 金凤 金花 银花 素珍 素芬 素英 晓丽 晓敏 晓燕 亚楠 亚茹 国华 玉华 玉荣 爱华 爱民 文华 文静 翠花 翠兰 翠英 巧云 巧玲`)

var minorityGiven = strings.Fields(`阿依古丽 古丽娜尔 买买提江 艾力 卓玛 扎西 格桑 央金 其其格 巴特尔 乌兰 苏和 娜仁 特木尔`)
var minorityFamily = strings.Fields(`买买提 艾山 吐尔逊 多吉 次仁 尼玛 巴图 额尔德尼 那顺 朝鲁`)

// Characters that older systems lose: CJK extensions inside and outside the BMP.
var rareGiven = []string{"𠮷", "㛃", "𬭎", "䶮", "𤧚", "明𫖮", "𬀩", "小𡝗"}

// newName draws a name. A surname is given for children and siblings, else "".
func newName(r *rand.Rand, male bool, surname string) string {
	if surname == "" && r.IntN(150) == 0 {
		return minorityGiven[r.IntN(len(minorityGiven))] + "·" + minorityFamily[r.IntN(len(minorityFamily))]
	}
	if surname == "" {
		surname = surnames[r.IntN(len(surnames))]
	}
	if r.IntN(250) == 0 {
		return surname + rareGiven[r.IntN(len(rareGiven))]
	}
	given := femaleGiven
	if male {
		given = maleGiven
	}
	return surname + given[r.IntN(len(given))]
}

// surnameOf is what a child inherits; a name with a middle dot hands on nothing.
func surnameOf(name string) string {
	if strings.Contains(name, "·") {
		return ""
	}
	for _, s := range surnames[len(surnames)-5:] {
		if strings.HasPrefix(name, s) {
			return s
		}
	}
	first := []rune(name)[0]
	return string(first)
}
