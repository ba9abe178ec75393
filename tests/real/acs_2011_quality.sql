-- Age heaping and sex ratios of the ACS 2011 person file from its raw codes, by hand.
-- $persons is the path of dpus.csv.gz. One row per status (`_T`: everybody).
-- Myers: each last digit counted over ten spans of 70 years, 10 to 79, 11 to 80, ..., 19 to 88.
WITH person AS (
    SELECT
        CAST(AGEP AS INTEGER) AS age,
        CAST(PWGTP AS BIGINT) AS weight,
        SEX AS sex,
        unnest(['_T', CASE NATIVITY WHEN '1' THEN 'non_migrant' ELSE 'migrant' END]) AS status
    FROM read_csv($persons, all_varchar = true)
),
counted AS (
    SELECT status, age % 10 AS digit, sum(weight) AS blended
    FROM person, range(10) AS span(begin)
    WHERE age BETWEEN 10 + begin AND 79 + begin
    GROUP BY ALL
),
heaped AS (
    SELECT status, 50 * sum(abs(blended / whole - 0.1)) AS myers
    FROM (SELECT *, sum(blended) OVER (PARTITION BY status) AS whole FROM counted)
    GROUP BY status
)
SELECT
    status,
    500.0 * sum(weight) FILTER (WHERE age BETWEEN 23 AND 62 AND age % 5 = 0)
        / sum(weight) FILTER (WHERE age BETWEEN 23 AND 62) AS whipple,
    count(*) FILTER (WHERE age BETWEEN 23 AND 62) AS n_whipple,
    any_value(myers) AS myers,
    100.0 * sum(weight) FILTER (WHERE sex = '1') / sum(weight) FILTER (WHERE sex = '2') AS sex_ratio,
    100.0 * sum(weight) FILTER (WHERE sex = '1' AND age >= 65)
        / sum(weight) FILTER (WHERE sex = '2' AND age >= 65) AS sex_ratio_65_plus,
    count(*) AS n_sex_ratio
FROM person JOIN heaped USING (status)
GROUP BY status
ORDER BY status
