/* @rule
id: CB13
name: 复核期内无变化调整待遇
question: 低保户的人口、收入没有变化，也没有复核，待遇是否调整了？
category: 错保
severity: low
attachment2: 社会保障
needs: [dibao.tier, dibao.amount, dibao.last_review, dibao.previous]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "复核期内救助对象家庭经济状况没有明显变化的,不再调整救助水平"}]
innocent: [名册错误]
yields_to: []
passing: true
check: 核对调整待遇的依据和复核记录；没有依据的，按程序纠正。
statement: 与上一期名册（{previous_day}）相比，人口、收入没有变化，疑似未经复核而调整待遇：{change}
@rule */
-- A tier or an amount that was blank before or is blank now may only have been filled
-- in, or left out with its column: that is no adjustment. Of as many persons as before
-- all must be the same ones. While its town was held the household stood by an older list: that
-- one's differences are no news of the last.
SELECT
    dibao_household_id,
    coalesce(p.was_listed, false) AS "上一期低保名册中也在保，其后该户有改动",
    h.tier <> p.tier OR h.amount <> p.amount AS "档次或月保障金不同",
    h.persons_covered IS NOT DISTINCT FROM p.persons_covered AND h.listed = p.listed AND h.listed = stayed AS "享受人数、所列人员相同",
    h.income_per_capita IS NOT DISTINCT FROM p.income_per_capita AS "家庭人均收入相同",
    last_review <= previous_day AS "最近复核不晚于上一期名册日期",
    concat_ws('，', CASE WHEN h.tier <> p.tier THEN '档次' || p.tier || '→' || h.tier END,
        CASE WHEN h.amount <> p.amount THEN '月保障金' || yuan(p.amount) || '→' || yuan(h.amount) || '元' END) AS change,
    h.tier, h.amount, h.persons_covered, h.listed, h.income_per_capita AS dibao_income, CASE WHEN monthly THEN '是' END AS income_monthly,
    last_review, previous_day, link_quality, [row_at('dibao', p.place.path, p.place.sheet, p.place.row_number, previous_day)] AS former_places
FROM dibao_household h
LEFT JOIN previous_dibao_household p USING (dibao_household_id)
LEFT JOIN (
    SELECT dibao_household_id, count(DISTINCT d.person_id) AS stayed, max(p.id_quality) AS link_quality -- in the order of the alphabet they get worse
    FROM previous_dibao_row p LEFT JOIN dibao_row d USING (dibao_household_id, person_id) GROUP BY dibao_household_id
) USING (dibao_household_id)
JOIN (SELECT previous_day FROM last_change WHERE kind = 'dibao') ON true
