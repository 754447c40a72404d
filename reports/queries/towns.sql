-- The official towns in their order, then others that have findings.
SELECT town FROM report_town ORDER BY position, town
