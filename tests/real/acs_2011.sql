-- Indicators 8.6.1, 8.5.2 and 4.3.1 from the raw codes of the ACS 2011 person file, by hand.
-- Written from the Census Bureau's dictionary (PUMSDataDict11), not from the mapping.
-- $persons is the path of dpus.csv.gz. One row per series and cell, `_T` where a dimension is not used.
WITH person AS (
    SELECT
        CAST(AGEP AS INTEGER) AS age,
        CAST(PWGTP AS BIGINT) AS weight,
        CASE SEX WHEN '1' THEN 'male' WHEN '2' THEN 'female' END AS sex,
        CASE NATIVITY WHEN '1' THEN 'native_born' WHEN '2' THEN 'foreign_born' END AS nativity,
        CASE WHEN CIT IN ('1', '2', '3', '4') THEN 'citizen' WHEN CIT = '5' THEN 'foreign_citizen' END
            AS citizenship_status,
        CASE
            WHEN NATIVITY = '1' THEN 'not_applicable'
            WHEN 2011 - CAST(YOEP AS INTEGER) < 5 THEN '0_4'
            WHEN 2011 - CAST(YOEP AS INTEGER) < 10 THEN '5_9'
            ELSE '10_plus'
        END AS duration_of_stay,
        -- ESR is blank below 16; 4 and 5 are the armed forces, who are employed
        ESR IN ('1', '2', '4', '5') AS employed,
        ESR = '3' AS unemployed,
        -- SCH is blank below 3; 2 public, 3 private school or college
        SCH IN ('2', '3') AS attending,
        ESR IS NOT NULL AS asked_work,
        SCH IS NOT NULL AS asked_school
    FROM read_csv($persons, all_varchar = true)
),
member AS (
    SELECT '8.6.1' AS indicator, 'neet' AS series, NOT employed AND NOT attending AS counted, *
    FROM person WHERE age BETWEEN 15 AND 24 AND asked_work AND asked_school
    UNION ALL
    SELECT '8.5.2', 'unemployment', unemployed, *
    FROM person WHERE age >= 15 AND (employed OR unemployed)
    UNION ALL
    SELECT '4.3.1', 'participation_15_24', attending, *
    FROM person WHERE age BETWEEN 15 AND 24 AND asked_school
    UNION ALL
    SELECT '4.3.1', 'participation_25_64', attending, *
    FROM person WHERE age BETWEEN 25 AND 64 AND asked_school
)
SELECT
    indicator,
    series,
    coalesce(nativity, '_T') AS nativity,
    coalesce(citizenship_status, '_T') AS citizenship_status,
    coalesce(duration_of_stay, '_T') AS duration_of_stay,
    coalesce(sex, '_T') AS sex,
    count(*) AS n,
    count(*) FILTER (WHERE counted) AS n_numerator,
    sum(weight) AS population,
    100.0 * sum(CASE WHEN counted THEN weight ELSE 0 END) / sum(weight) AS estimate
FROM member
GROUP BY indicator, series, GROUPING SETS (
    (), (nativity), (citizenship_status), (duration_of_stay), (sex), (nativity, sex)
)
ORDER BY ALL
