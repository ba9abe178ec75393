# Earnings, parities and standardised rates of the ACS 2011 sample by R's survey, households (SERIALNO) as clusters.
# Rscript tests/real/make_acs_earnings_goldens.R [dpus.csv.gz [OUT.csv]]; writes goldens/acs_2011_earnings.csv.
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
source(file.path(here, "../spec_r/statistics.R"))
given <- commandArgs(trailingOnly = TRUE)
persons <- if (length(given)) given[1] else file.path(here, "../../../shared/real/acs-pums-2011/dpus.csv.gz")
d <- read.csv(gzfile(persons))[, c("SERIALNO", "AGEP", "SEX", "NATIVITY", "ESR", "SCH", "COW", "WKW", "WKHP", "WAGP", "PWGTP")]
TABLES <- list(character(), "status", "sex", c("status", "sex"))
d$status <- c("non_migrant", "migrant")[d$NATIVITY]; d$sex <- c("male", "female")[d$SEX]; d$urban_rural <- "unknown"
design <- svydesign(ids = ~SERIALNO, weights = ~PWGTP, data = d)
key <- data.frame(source = "acs_2011", singleton = "centered")

employed <- d$ESR %in% c(1, 2, 4, 5)
paid <- d$AGEP >= 16 & employed & d$COW %in% 1:5 & d$WKHP > 0 & !is.na(d$WAGP) & !is.na(d$WKW)
hours <- c(51, 48.5, 43.5, 33, 20, 7)[d$WKW] * d$WKHP  # of the year, by the middle of each class of weeks
# the program keeps four decimals of an amount, so that its sums are exact
for (kind in c("mean", "median"))
  earnings_of(key, design, series_of("8.5.1", paste0(kind, "_hourly"), kind, paid, round(d$WAGP / hours, 4)))
earnings_of(key, design, series_of("8.5.1", "mean_hourly_hours_weighted", "hours", paid, round(d$WAGP / 52, 4), round(hours / 52, 4)))

asked <- d$SCH %in% 1:3; attends <- d$SCH %in% 2:3
young <- series_of("4.3.1", "participation_15_24", "share", d$AGEP >= 15 & d$AGEP <= 24 & asked, attends)
older <- series_of("4.3.1", "participation_25_64", "share", d$AGEP >= 25 & d$AGEP <= 64 & asked, attends)
for (s in list(young, older)) parities_of(key, design, s)
standardised_of(key, design, young, as.character(d$AGEP))  # single years where the universe is of ten or fewer
standardised_of(key, design, older, paste0("g", d$AGEP %/% 5))
results <- results[!grepl("urban_rural", results$disaggregation), ]
write_exactly(results, if (length(given) > 1) given[2] else file.path(here, "goldens", "acs_2011_earnings.csv"))
