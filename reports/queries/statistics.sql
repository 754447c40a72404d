-- Attachment 1's figures, one row a town. A setting says whether risk-eliminated
-- households count among the monitored. A figure that nothing speaks for (the
-- column is missing, the rule was not evaluated and nothing found before stands, the list
-- has nobody of the town) is NULL: blank, never 0. A figure that rests on findings is in
-- doubt while one of them is neither confirmed nor explained away; what was explained away
-- does not count any more.
CREATE OR REPLACE TEMP TABLE report_statistics AS
WITH household_of AS (SELECT h.*, told_town(h.town) AS report_town FROM household h),
has AS (SELECT kind, unnest(columns) AS name FROM roster_state WHERE loaded),
households AS (
    SELECT report_town,
        count(*) FILTER (WHERE type IN ('stable', 'unstable')) AS poor_households,
        count(*) FILTER (WHERE type = 'unstable' AND (count_eliminated OR risk_eliminated IS NOT TRUE)) AS unstable_households,
        count(*) FILTER (WHERE type = 'marginal' AND (count_eliminated OR risk_eliminated IS NOT TRUE)) AS marginal_households,
        count(*) FILTER (WHERE type = 'sudden' AND (count_eliminated OR risk_eliminated IS NOT TRUE)) AS sudden_households,
        coalesce(sum(members) FILTER (WHERE type = 'sudden' AND (count_eliminated OR risk_eliminated IS NOT TRUE)), 0)::BIGINT AS sudden_persons,
        count(*) FILTER (WHERE house_safe = '否') AS house_unsafe,
        count(*) FILTER (WHERE water_safe = '否') AS water_unsafe
    FROM household_of, report_setting GROUP BY report_town
), persons AS (
    SELECT report_town,
        count(*) FILTER (WHERE household_type IN ('stable', 'unstable')) AS poor_persons,
        count(*) FILTER (WHERE household_type = 'unstable' AND (count_eliminated OR eliminated IS NOT TRUE)) AS unstable_persons,
        count(*) FILTER (WHERE household_type = 'marginal' AND (count_eliminated OR eliminated IS NOT TRUE)) AS marginal_persons,
        count(*) FILTER (WHERE living AND school_age) AS school_age,
        -- every due subsidy: nursing where eligible, living where in dibao and not only lately (BT02);
        -- tekun takes the place of both
        count(*) FILTER (WHERE living AND disabled AND NOT in_tekun AND (nursing_eligible OR in_dibao) AND '是' IN (nursing_subsidy, living_subsidy)
            AND (NOT nursing_eligible OR nursing_subsidy = '是') AND (NOT in_dibao OR recent OR living_subsidy = '是')) AS disabled_served,
        count(*) FILTER (WHERE living AND age >= 16 AND pension_insured = '是') AS pension_insured
    FROM report_poor, report_setting GROUP BY report_town
), doubts AS (
    SELECT f.report_town,
        count(DISTINCT f.person_id) FILTER (WHERE f.rule_id = 'BT08') AS not_in_school,
        bool_or(f.status <> 'confirmed') FILTER (WHERE f.rule_id = 'BT08') AS not_in_school_doubted,
        count(DISTINCT f.person_id) FILTER (WHERE f.rule_id = 'BT04' AND p.poor) AS not_insured,
        bool_or(f.status <> 'confirmed') FILTER (WHERE f.rule_id = 'BT04' AND p.poor) AS not_insured_doubted
    FROM report_finding f LEFT JOIN person p USING (person_id) GROUP BY f.report_town
), uncovered AS (
    -- a household's finding counts its living members without cover; one whose rule
    -- could not speak tonight is told by its head alone
    SELECT f.report_town, count(DISTINCT p.person_id) AS not_covered, bool_or(f.status <> 'confirmed') AS not_covered_doubted
    FROM report_finding f LEFT JOIN finding_person g USING (finding_id) JOIN person p ON p.person_id = coalesce(g.person_id, f.person_id)
    WHERE (f.category = '漏保' OR f.rule_id IN ('CT01', 'CT02', 'CT03', 'CT08')) AND p.living AND (f.level = 'person' OR NOT p.covered)
    GROUP BY f.report_town
), counting AS (
    SELECT rule_id, status, CASE WHEN rule_id IN ('BT04', 'BT08') THEN rule_id ELSE '' END AS figure
    FROM rule WHERE rule_id IN ('BT04', 'BT08', 'CT01', 'CT02', 'CT03', 'CT08') OR category = '漏保'
), spoken AS ( -- of a rule that does not speak what was found before stands; nothing found may be nothing looked for
    SELECT t.town, c.figure, bool_or(c.status <> '未执行') AS spoke, bool_and(c.status = '已执行' AND s.rule_id IS NULL OR c.status = '未执行') AS throughout
    FROM report_town t CROSS JOIN counting c LEFT JOIN rule_suspended s ON s.rule_id = c.rule_id AND told_town(s.town) = t.town
    GROUP BY ALL
), rules AS (
    SELECT town, bool_or(spoke) FILTER (WHERE figure = 'BT08') AS bt08, bool_or(throughout) FILTER (WHERE figure = 'BT08') AS bt08_throughout,
        bool_or(spoke) FILTER (WHERE figure = 'BT04') AS bt04, bool_or(throughout) FILTER (WHERE figure = 'BT04') AS bt04_throughout,
        bool_or(spoke) FILTER (WHERE figure = '') AS lb, bool_or(throughout) FILTER (WHERE figure = '') AS lb_throughout
    FROM spoken GROUP BY town
), lists AS ( -- a town of which the list of the poor has nobody may not have sent its own
    SELECT t.town, bool_or(loaded) FILTER (WHERE kind = 'registered_poor') AND t.town IN (SELECT told_town(town) FROM registered_poor) AS poor,
        bool_and(loaded) FILTER (WHERE kind IN ('dibao', 'tekun')) AS covering
    FROM report_town t CROSS JOIN roster_state GROUP BY t.town
)
SELECT t.position, t.town, t.town IN (SELECT name FROM town) AS official,
    CASE WHEN poor THEN coalesce(h.poor_households, 0) END AS poor_households, CASE WHEN poor THEN coalesce(p.poor_persons, 0) END AS poor_persons,
    CASE WHEN poor THEN coalesce(h.unstable_households, 0) END AS unstable_households, CASE WHEN poor THEN coalesce(p.unstable_persons, 0) END AS unstable_persons,
    CASE WHEN poor THEN coalesce(h.marginal_households, 0) END AS marginal_households, CASE WHEN poor THEN coalesce(p.marginal_persons, 0) END AS marginal_persons,
    CASE WHEN poor THEN coalesce(p.school_age, 0) END AS school_age,
    coalesce(nullif(d.not_in_school, 0), CASE WHEN poor AND bt08 AND bt08_throughout THEN 0 END) AS not_in_school,
    coalesce(nullif(d.not_insured, 0), CASE WHEN poor AND bt04 AND bt04_throughout THEN 0 END) AS not_insured,
    CASE WHEN poor AND 'house_safe' IN (SELECT name FROM has WHERE kind = 'registered_poor') THEN coalesce(h.house_unsafe, 0) END AS house_unsafe,
    CASE WHEN poor AND 'water_safe' IN (SELECT name FROM has WHERE kind = 'registered_poor') THEN coalesce(h.water_unsafe, 0) END AS water_unsafe,
    coalesce(u.not_covered, CASE WHEN poor AND lb AND lb_throughout THEN 0 END) AS not_covered,
    CASE WHEN poor AND covering AND (SELECT count(*) FROM has WHERE kind = 'disability' AND name IN ('living_subsidy', 'nursing_subsidy')) = 2 THEN coalesce(p.disabled_served, 0) END AS disabled_served,
    CASE WHEN poor AND 'pension_insured' IN (SELECT name FROM has WHERE kind = 'registered_poor') THEN coalesce(p.pension_insured, 0) END AS pension_insured,
    coalesce(d.not_in_school_doubted, false) AS not_in_school_doubted, coalesce(d.not_insured_doubted, false) AS not_insured_doubted,
    coalesce(u.not_covered_doubted, false) AS not_covered_doubted,
    coalesce(h.sudden_households, 0) AS sudden_households, coalesce(h.sudden_persons, 0) AS sudden_persons
FROM report_town t JOIN lists l ON l.town = t.town
LEFT JOIN rules r ON r.town = t.town
LEFT JOIN households h ON h.report_town = t.town
LEFT JOIN persons p ON p.report_town = t.town
LEFT JOIN doubts d ON d.report_town = t.town
LEFT JOIN uncovered u ON u.report_town = t.town
