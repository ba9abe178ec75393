-- The tables of a made IPUMS extract (the view `extract`), as a user of DuckDB would best write them: the table `result`.
-- Persons are first summed to the finest cells, by all dimensions at once, and the tables are made of those: straight
-- over the persons GROUPING SETS took half as long again.

CREATE TEMP MACRO percent(x, u) AS 100 * coalesce(sum(x), 0) / sum(u);

CREATE TEMP TABLE person AS
SELECT SAMPLE, COUNTRY, YEAR, SERIAL, PERNUM, MOMLOC, POPLOC, PERWT, GQ IN (10, 29) AS private, URBAN, ELECTRIC, WATSUP,
       SEWAGE, FUELCOOK, INTERNET, nullif(AGE, 999) AS AGE, SEX, MARST, NATIVITY, BPLCOUNTRY, CITIZEN, YRIMM, YRSIMM,
       MIGRATE5, MIGCAUSE, SCHOOL, LIT, EMPSTAT
FROM extract;

CREATE TEMP TABLE result AS
WITH parent AS (
    SELECT SAMPLE, SERIAL, PERNUM, NATIVITY FROM person WHERE NATIVITY IN (1, 2)
),
child AS (
    SELECT p.SAMPLE, p.SERIAL, p.PERNUM, m.NATIVITY AS mother, f.NATIVITY AS father
    FROM person p
    LEFT JOIN parent m ON m.SAMPLE = p.SAMPLE AND m.SERIAL = p.SERIAL AND m.PERNUM = p.MOMLOC
    LEFT JOIN parent f ON f.SAMPLE = p.SAMPLE AND f.SERIAL = p.SERIAL AND f.PERNUM = p.POPLOC
    WHERE p.NATIVITY = 1 AND p.AGE < 18 AND (p.MOMLOC > 0 OR p.POPLOC > 0)
),
known AS (
    SELECT p.*, mother, father, r.region, r.country AS home,
        coalesce(CASE WHEN YRSIMM < 98 THEN YRSIMM END,
                 CASE WHEN YRIMM NOT IN (0, 9998, 9999) THEN YEAR - YRIMM END) AS stay,
        CASE WHEN YRSIMM < 98 THEN AGE ELSE AGE + 1 END AS longest_stay
    FROM person p
    LEFT JOIN child USING (SAMPLE, SERIAL, PERNUM)
    LEFT JOIN region r ON r.code = p.BPLCOUNTRY
),
coded AS (
    SELECT SAMPLE AS sample, PERWT AS w,
        CASE NATIVITY WHEN 2 THEN 'migrant' WHEN 1 THEN 'non_migrant' ELSE 'unknown' END AS migratory_status,
        CASE NATIVITY WHEN 1 THEN 'native_born' WHEN 2 THEN 'foreign_born' WHEN 0 THEN 'not_applicable'
            ELSE 'unknown' END AS nativity,
        CASE WHEN CITIZEN BETWEEN 1 AND 3 THEN 'citizen' WHEN CITIZEN = 4 THEN 'foreign_citizen'
            WHEN CITIZEN = 5 THEN 'stateless' WHEN CITIZEN = 9 THEN 'not_applicable'
            ELSE 'unknown' END AS citizenship_status,
        CASE WHEN NATIVITY = 2 THEN 'first'
            WHEN mother = 2 AND father = 2 THEN 'second_both_parents'
            WHEN mother + father = 3 THEN 'second_one_parent'
            WHEN mother = 2 OR father = 2 THEN 'second_unspecified'
            WHEN mother = 1 AND father = 1 THEN 'native_background' ELSE 'unknown' END AS generation,
        CASE WHEN NATIVITY = 1 THEN 'not_applicable'
            WHEN NATIVITY <> 2 OR stay IS NULL OR stay < 0 OR stay > longest_stay THEN 'unknown'
            WHEN stay < 5 THEN '0_4' WHEN stay < 10 THEN '5_9' ELSE '10_plus' END AS duration_of_stay,
        CASE WHEN NATIVITY = 1 THEN 'not_applicable' WHEN NATIVITY <> 2 THEN 'unknown'
            WHEN MIGCAUSE = 0 THEN 'not_applicable' WHEN MIGCAUSE <= 19 THEN 'work'
            WHEN MIGCAUSE BETWEEN 20 AND 23 OR MIGCAUSE BETWEEN 40 AND 42 THEN 'family'
            WHEN MIGCAUSE = 30 THEN 'education' WHEN MIGCAUSE BETWEEN 50 AND 59 THEN 'humanitarian'
            WHEN MIGCAUSE = 63 THEN 'retirement' WHEN MIGCAUSE < 99 THEN 'other'
            ELSE 'unknown' END AS reason_for_migration,
        CASE WHEN home = COUNTRY THEN 'native' WHEN region IS NOT NULL THEN region
            WHEN NATIVITY = 1 THEN 'native' WHEN NATIVITY = 2 THEN 'foreign_unspecified'
            ELSE 'unknown' END AS region_of_birth,
        CASE WHEN NATIVITY = 2 THEN 'not_applicable' WHEN NATIVITY <> 1 THEN 'unknown'
            WHEN AGE < 5 OR MIGRATE5 = 0 THEN 'not_applicable' WHEN MIGRATE5 = 30 THEN 'yes' WHEN MIGRATE5 <= 20 THEN 'no'
            ELSE 'unknown' END AS return_migrant,
        CASE SEX WHEN 1 THEN 'male' WHEN 2 THEN 'female' ELSE 'unknown' END AS sex,
        CASE WHEN AGE IS NULL THEN 'unknown' WHEN AGE >= 85 THEN '85_plus'
            ELSE (AGE // 5 * 5) || '_' || (AGE // 5 * 5 + 4) END AS age_group,
        CASE URBAN WHEN 1 THEN 'rural' WHEN 2 THEN 'urban' ELSE 'unknown' END AS urban_rural,

        -- of each number: who counts (u), and of those who has it (x)
        private AND ELECTRIC IN (1, 2) AS light_u, ELECTRIC = 1 AS light_x,
        private AND FUELCOOK BETWEEN 10 AND 77 AS fuel_u,
        FUELCOOK = 20 OR FUELCOOK BETWEEN 30 AND 35 OR FUELCOOK IN (62, 71, 72, 76) AS fuel_x,
        private AND INTERNET IN (1, 2) AS net_u, INTERNET = 2 AS net_x,
        private AND WATSUP BETWEEN 10 AND 20 AS water_u, WATSUP < 20 AS water_x,
        private AND SEWAGE BETWEEN 10 AND 20 AS sewer_u, SEWAGE < 20 AS sewer_x,
        SCHOOL BETWEEN 1 AND 4 AS school_u, SCHOOL = 1 AS school_x,
        LIT IN (1, 2) AS literacy_u, LIT = 2 AS literacy_x,
        AGE BETWEEN 15 AND 24 AS youth, AGE BETWEEN 25 AND 64 AS adult, AGE >= 15 AS grown,
        SEX = 2 AND AGE BETWEEN 15 AND 17 AND MARST BETWEEN 1 AND 4 AS union_u, MARST > 1 AS union_x,
        grown AND EMPSTAT IN (1, 2) AS work_u, EMPSTAT = 2 AS work_x,
        youth AND EMPSTAT BETWEEN 1 AND 3 AND school_u AS neet_u, EMPSTAT > 1 AND NOT school_x AS neet_x
    FROM known
),
weighed AS (
    SELECT * EXCLUDE (w, light_u, light_x, fuel_u, fuel_x, net_u, net_x, water_u, water_x, sewer_u, sewer_x, school_u,
            school_x, literacy_u, literacy_x, youth, adult, grown, union_u, union_x, work_u, work_x, neet_u, neet_x),
        CASE WHEN light_u THEN w END AS electricity_u, CASE WHEN light_u AND light_x THEN w END AS electricity_x,
        CASE WHEN fuel_u THEN w END AS clean_cooking_u, CASE WHEN fuel_u AND fuel_x THEN w END AS clean_cooking_x,
        CASE WHEN net_u THEN w END AS internet_u, CASE WHEN net_u AND net_x THEN w END AS internet_x,
        CASE WHEN light_u AND fuel_u AND net_u THEN w END AS all_asked_u,
        CASE WHEN light_u AND fuel_u AND net_u AND light_x AND fuel_x AND net_x THEN w END AS all_asked_x,
        CASE WHEN water_u THEN w END AS piped_water_u, CASE WHEN water_u AND water_x THEN w END AS piped_water_x,
        CASE WHEN sewer_u THEN w END AS sewer_or_septic_u, CASE WHEN sewer_u AND sewer_x THEN w END AS sewer_or_septic_x,
        CASE WHEN youth AND school_u THEN w END AS participation_15_24_u,
        CASE WHEN youth AND school_u AND school_x THEN w END AS participation_15_24_x,
        CASE WHEN adult AND school_u THEN w END AS participation_25_64_u,
        CASE WHEN adult AND school_u AND school_x THEN w END AS participation_25_64_x,
        CASE WHEN grown AND literacy_u THEN w END AS literacy_15_plus_u,
        CASE WHEN grown AND literacy_u AND literacy_x THEN w END AS literacy_15_plus_x,
        CASE WHEN youth AND literacy_u THEN w END AS literacy_15_24_u,
        CASE WHEN youth AND literacy_u AND literacy_x THEN w END AS literacy_15_24_x,
        CASE WHEN union_u THEN w END AS ever_in_union_15_17_u,
        CASE WHEN union_u AND union_x THEN w END AS ever_in_union_15_17_x,
        CASE WHEN work_u THEN w END AS unemployment_u, CASE WHEN work_u AND work_x THEN w END AS unemployment_x,
        CASE WHEN neet_u THEN w END AS neet_u, CASE WHEN neet_u AND neet_x THEN w END AS neet_x
    FROM coded
),
finest AS (
    SELECT sample, migratory_status, nativity, citizenship_status, generation, duration_of_stay, reason_for_migration,
        region_of_birth, return_migrant, sex, age_group, urban_rural,
        sum(COLUMNS('(.*)_u$')) AS '\1_u', sum(COLUMNS('(.*)_x$')) AS '\1_x', count(COLUMNS('(.*)_u$')) AS '\1_n'
    FROM weighed GROUP BY ALL
)
SELECT sample, migratory_status, nativity, citizenship_status, generation, duration_of_stay, reason_for_migration,
    region_of_birth, return_migrant, sex, age_group, urban_rural,
    percent(electricity_x, electricity_u) AS electricity,
    percent(clean_cooking_x, clean_cooking_u) AS clean_cooking,
    percent(internet_x, internet_u) AS internet,
    percent(all_asked_x, all_asked_u) AS all_asked,
    percent(piped_water_x, piped_water_u) AS piped_water,
    percent(sewer_or_septic_x, sewer_or_septic_u) AS sewer_or_septic,
    percent(participation_15_24_x, participation_15_24_u) AS participation_15_24,
    percent(participation_25_64_x, participation_25_64_u) AS participation_25_64,
    percent(literacy_15_plus_x, literacy_15_plus_u) AS literacy_15_plus,
    percent(literacy_15_24_x, literacy_15_24_u) AS literacy_15_24,
    percent(ever_in_union_15_17_x, ever_in_union_15_17_u) AS ever_in_union_15_17,
    percent(unemployment_x, unemployment_u) AS unemployment,
    percent(neet_x, neet_u) AS neet,
    sum(COLUMNS('.*_n$'))
FROM finest
GROUP BY GROUPING SETS ((sample), (sample, migratory_status), (sample, nativity), (sample, citizenship_status),
    (sample, generation), (sample, duration_of_stay), (sample, reason_for_migration), (sample, region_of_birth),
    (sample, return_migrant), (sample, migratory_status, sex), (sample, migratory_status, age_group),
    (sample, migratory_status, urban_rural), (sample, migratory_status, sex, urban_rural));
