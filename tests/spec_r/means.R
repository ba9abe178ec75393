# What R's survey says of means and rates in inputs/means.csv. Run from anywhere: Rscript tests/spec_r/means.R
# Writes goldens/means.csv with 17 digits, which is checked in: births per woman aged 15-19 (3.7.2) and earnings an
# hour of employees (8.5.1), in clusters of three households within strata, by place of birth and sex.
suppressPackageStartupMessages(library(survey))
options(digits = 17)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
d <- read.csv(file.path(here, "inputs", "means.csv"))
d$status <- ifelse(d$NAT == 2, "migrant", "non_migrant")
d$sex <- ifelse(d$SEX == 2, "female", "male")
d$births <- ifelse(is.na(d$BIRTHS), 0, d$BIRTHS)
d$hourly <- d$EARN / (52 / 12) / d$HRS
d$hourly[!is.finite(d$hourly)] <- 0
d$of_births <- d$SEX == 2 & d$AGE >= 15 & d$AGE < 20 & !(d$BIRTHS %in% 9)
d$of_earnings <- d$AGE >= 15 & d$LF == 1 & d$STATUS %in% 1 & d$EARN != 999999 & d$HRS > 0 & d$HRS != 999
design <- svydesign(ids = ~CL, strata = ~ST, weights = ~W, data = d, nest = TRUE)

rows <- function(series, variable, inside, by, factor) {
  domain <- subset(design, inside)
  out <- NULL
  for (group in c("_T", if (by == "status") c("migrant", "non_migrant") else c("female", "male"))) {
    part <- if (group == "_T") domain else domain[domain$variables[[by]] == group, ]
    mean <- svymean(reformulate(variable), part)
    m <- unname(coef(mean)); se <- as.numeric(SE(mean)); df <- degf(part)
    width <- exp(qt(0.975, df) * se / m)
    out <- rbind(out, data.frame(series = series, by = by, group = group, statistic = "level", estimate = factor * m,
      se = factor * se, df = df, ci_lower = factor * m / width, ci_upper = factor * m * width, n = nrow(part)))
  }
  if (by == "status") {
    both <- svyby(reformulate(variable), ~status, domain, svymean, covmat = TRUE)
    df <- degf(domain)
    for (statistic in c("difference", "ratio", "gap")) {
      formula <- switch(statistic, difference = quote(migrant - non_migrant), ratio = quote(migrant / non_migrant),
        gap = quote(1 - migrant / non_migrant))
      found <- svycontrast(both, list(it = formula))
      v <- as.numeric(coef(found)); se <- as.numeric(SE(found))
      times <- switch(statistic, difference = factor, ratio = 1, gap = 100)
      ends <- if (statistic == "ratio") v * exp(c(-1, 1) * qt(0.975, df) * se / v) else v + c(-1, 1) * qt(0.975, df) * se
      out <- rbind(out, data.frame(series = series, by = by, group = "_T", statistic = statistic, estimate = times * v,
        se = times * se, df = df, ci_lower = times * ends[1], ci_upper = times * ends[2], n = nrow(domain)))
    }
  }
  out
}

found <- rbind(
  rows("births_15_19", "births", d$of_births, "status", 1000),
  rows("mean_hourly", "hourly", d$of_earnings, "status", 1),
  rows("mean_hourly", "hourly", d$of_earnings, "sex", 1))
write.csv(format(found, digits = 17), file.path(here, "goldens", "means.csv"), row.names = FALSE, quote = FALSE)
