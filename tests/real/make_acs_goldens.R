# Standard errors of the cells of acs_2011.sql by R's survey. Rscript tests/real/make_acs_goldens.R [dpus.csv.gz]
# `taylor`: households (SERIALNO) as clusters, one stratum. `sdr`: the Census Bureau's 80 replicate weights.
# The whole file is the design; every cell is a domain of it. Writes goldens/acs_2011_{levels,totals,contrasts,earnings_replicates}.csv.
suppressPackageStartupMessages(library(survey))
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
given <- commandArgs(trailingOnly = TRUE)
persons <- if (length(given)) given[1] else file.path(here, "../../../shared/real/acs-pums-2011/dpus.csv.gz")
replicates <- paste0("PWGTP", 1:80)
d <- read.csv(gzfile(persons))[, c("SERIALNO", "AGEP", "SEX", "NATIVITY", "CIT", "YOEP", "ESR", "SCH", "COW", "WAGP", "WKHP",
                                   "WKW", "PWGTP", replicates)]

d$sex <- c("male", "female")[d$SEX]
d$nativity <- c("native_born", "foreign_born")[d$NATIVITY]
d$citizenship_status <- ifelse(d$CIT == 5, "foreign_citizen", "citizen")
years <- 2011 - d$YOEP
d$duration_of_stay <- ifelse(d$NATIVITY == 1, "not_applicable",
                             ifelse(years < 5, "0_4", ifelse(years < 10, "5_9", "10_plus")))
d$employed <- d$ESR %in% c(1, 2, 4, 5)
d$unemployed <- d$ESR %in% 3
d$attending <- d$SCH %in% 2:3
d$one <- 1
youth <- d$AGEP >= 15 & d$AGEP <= 24
series <- list(
  neet = list("8.6.1", youth & !is.na(d$ESR) & !is.na(d$SCH), !d$employed & !d$attending),
  unemployment = list("8.5.2", d$AGEP >= 15 & (d$employed | d$unemployed), d$unemployed),
  participation_15_24 = list("4.3.1", youth & !is.na(d$SCH), d$attending),
  participation_25_64 = list("4.3.1", d$AGEP >= 25 & d$AGEP <= 64 & !is.na(d$SCH), d$attending))
tables <- list(character(), "nativity", "citizenship_status", "duration_of_stay", "sex", c("nativity", "sex"))
dimensions <- c("nativity", "citizenship_status", "duration_of_stay", "sex")

levels_out <- totals_out <- contrasts_out <- NULL
for (s in names(series)) {
  d$universe <- series[[s]][[2]]
  d$numerator <- as.numeric(d$universe & series[[s]][[3]])
  taylor <- svydesign(ids = ~SERIALNO, weights = ~PWGTP, data = d)
  # mse = TRUE is the Census Bureau's formula: 4/80 of the squared deviations from the full estimate
  sdr <- svrepdesign(weights = ~PWGTP, repweights = d[replicates], type = "successive-difference",
                     combined.weights = TRUE, mse = TRUE, data = d)
  key <- data.frame(indicator = series[[s]][[1]], series = s)
  for (table in tables) {
    cells <- if (length(table)) unique(d[d$universe, table, drop = FALSE]) else data.frame(row.names = 1)
    for (i in seq_len(nrow(cells))) {
      inside <- d$universe
      labels <- setNames(as.list(rep("_T", 4)), dimensions)
      for (t in table) { inside <- inside & d[[t]] == cells[i, t]; labels[[t]] <- cells[i, t] }
      domain <- subset(taylor, inside)
      mean <- svymean(~numerator, domain, deff = "replace")
      replicated <- subset(sdr, inside)
      by_replicates <- svymean(~numerator, replicated, deff = "replace")
      p <- as.numeric(coef(mean)); se <- as.numeric(SE(mean)); df <- degf(domain)
      half <- if (p > 0 && p < 1 && df > 0) qt(0.975, df) * se / (p * (1 - p)) else NA
      se_sdr <- as.numeric(SE(by_replicates)); df_sdr <- degf(replicated)
      half_sdr <- if (p > 0 && p < 1 && df_sdr > 0) qt(0.975, df_sdr) * se_sdr / (p * (1 - p)) else NA
      levels_out <- rbind(levels_out, cbind(key, labels, data.frame(
        n = sum(inside), n_numerator = sum(d$numerator[inside]), population = sum(d$PWGTP[inside]),
        estimate = 100 * p, se_taylor = 100 * se, df_taylor = df, deff = as.numeric(deff(mean)),
        ci_lower = 100 * plogis(qlogis(p) - half), ci_upper = 100 * plogis(qlogis(p) + half),
        se_sdr = 100 * se_sdr, df_sdr = df_sdr, deff_sdr = as.numeric(deff(by_replicates)),
        ci_lower_sdr = 100 * plogis(qlogis(p) - half_sdr), ci_upper_sdr = 100 * plogis(qlogis(p) + half_sdr))))
      total <- svytotal(~numerator, domain)
      total_sdr <- svytotal(~numerator, replicated)
      totals_out <- rbind(totals_out, cbind(key, labels, data.frame(
        estimate = as.numeric(coef(total)), se_taylor = as.numeric(SE(total)), se_sdr = as.numeric(SE(total_sdr)))))
    }
  }
  for (sex in c("_T", "male", "female")) {
    inside <- d$universe & (sex == "_T" | d$sex == sex)
    row <- function(design) {
      groups <- svyby(~numerator, ~nativity, subset(design, inside), svymean, covmat = TRUE)
      list(svycontrast(groups, c(foreign_born = 1, native_born = -1)),
           svycontrast(groups, list(ratio = quote(foreign_born / native_born))))
    }
    a <- row(taylor); b <- row(sdr)
    contrasts_out <- rbind(contrasts_out, cbind(key, data.frame(
      sex = sex, statistic = c("difference", "ratio"),
      estimate = c(100, 1) * sapply(a, function(x) as.numeric(coef(x))),
      se_taylor = c(100, 1) * sapply(a, function(x) as.numeric(SE(x))),
      df_taylor = degf(subset(taylor, inside)), df_sdr = degf(subset(sdr, inside)),
      se_sdr = c(100, 1) * sapply(b, function(x) as.numeric(SE(x))))))
  }
}
write_exactly <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x)
    ifelse(is.finite(x), trimws(formatC(x, digits = 17, format = "g")), ""))
  write.csv(table, file.path(here, "goldens", name), row.names = FALSE, quote = FALSE, eol = "\n")
}
write_exactly(levels_out, "acs_2011_levels.csv")
write_exactly(totals_out, "acs_2011_totals.csv")
write_exactly(contrasts_out, "acs_2011_contrasts.csv")

# ---- earnings an hour of employees, by the replicate weights: a mean, a ratio of two amounts, a median

weeks <- c(51, 48.5, 43.5, 33, 20, 7)[d$WKW]  # classes, of which the middle is taken
d$employee <- d$AGEP >= 16 & d$ESR %in% c(1, 2, 4, 5) & d$COW %in% 1:5 & d$WKHP %in% 1:99 & !is.na(d$WAGP) & !is.na(weeks)
# the program keeps four decimals of an amount, so that its sums are exact
d$hourly <- ifelse(d$employee, round(d$WAGP / weeks / d$WKHP, 4), 0)
d$weekly <- ifelse(d$employee, round(d$WAGP / 52, 4), 0)  # of an average week of the year
d$hours <- ifelse(d$employee, round(d$WKHP * weeks / 52, 4), 0)
sdr <- svrepdesign(weights = ~PWGTP, repweights = d[replicates], type = "successive-difference",
                   combined.weights = TRUE, mse = TRUE, data = d)
earnings_out <- NULL
put <- function(series, nativity, statistic, of, stat, ends = c(NA, NA)) earnings_out <<- rbind(earnings_out, data.frame(
  series, nativity, statistic, n = nrow(of), df = degf(of), estimate = as.numeric(coef(stat)),
  se_sdr = as.numeric(SE(stat)), ci_lower_sdr = ends[1], ci_upper_sdr = ends[2]))
paid <- subset(sdr, employee)
for (nativity in c("_T", "native_born", "foreign_born")) {
  of <- if (nativity == "_T") paid else paid[paid$variables$nativity == nativity, ]
  median <- svyquantile(~hourly, of, 0.5, interval.type = "mean", qrule = "math")
  put("mean_hourly", nativity, "level", of, svymean(~hourly, of))
  put("mean_hourly_hours_weighted", nativity, "level", of, svyratio(~weekly, ~hours, of))
  put("median_hourly", nativity, "level", of, median, as.numeric(confint(median)))
}
groups <- svyby(~hourly, ~nativity, paid, svymean, covmat = TRUE)
put("mean_hourly", "_T", "gap", paid, svycontrast(groups, list(gap = quote(100 * (1 - foreign_born / native_born)))))
write_exactly(earnings_out, "acs_2011_earnings_replicates.csv")
