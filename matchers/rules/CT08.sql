/* @rule
id: CT08
name: 户主死亡致整户停保
question: 户主死亡以后，是否整户停了低保，在世的人没有了保障？
category: 错退
severity: high
attachment2: 社会保障
needs: [dibao, tekun, verification, dibao.previous]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}]
innocent: [已死亡, 已迁出, 已纳入, 自愿放弃]
yields_to: []
check: 核实在世成员的生活状况；仍符合条件的，变更户主后恢复保障。
statement: 低保户户主疑似已死亡（{death_date}），整户停保，在世成员{left_names}未保障，疑似错退
@rule */
-- Left without help is who was listed and is covered nowhere now, though in custody:
-- the heading's exit would leave those out, the rule's own sentence does not.
SELECT
    listed_household_id,
    NOT stands     AS "近{exit_lookback_days}天内在保，现整户不在低保名册，户中人也未另行享受低保",
    head_dead      AS "户主已死亡",
    left_names IS NOT NULL AS "有在世成员未享受低保、特困",
    last_seen, former_places AS left_places, death_date, left_names, left_members,
    id_quality AS link_quality, amount_at_stake
FROM (
    SELECT 'former dibao|' || h.from_household_id AS listed_household_id, h.stands, h.last_seen, h.former_places, h.id_quality,
        coalesce(p.dead, false) AS head_dead, p.death_date, m.left_names, m.left_members, m.amount_at_stake
    FROM left_household h
    LEFT JOIN person p ON p.person_id = h.head_person_id
    LEFT JOIN (
        SELECT r.dibao_household_id, count(*) AS left_members, string_agg(name, '、' ORDER BY name) AS left_names,
            sum(coalesce(map_extract(tier_amount, exit_tier)[1], list_min(map_values(tier_amount)))) AS amount_at_stake
        FROM (SELECT DISTINCT dibao_household_id, person_id FROM left_household_row) r JOIN person USING (person_id), policy
        WHERE exited AND living AND NOT covered
        GROUP BY r.dibao_household_id
    ) m ON m.dibao_household_id = h.from_household_id
)
