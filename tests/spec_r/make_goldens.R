# What R's survey says of the made samples in inputs/. Run from anywhere: Rscript tests/spec_r/make_goldens.R
# Writes levels.csv and contrasts.csv, and both with an fpc, to goldens/ with 17 digits; all are checked in.
suppressPackageStartupMessages(library(survey))
options(digits = 17, survey.adjust.domain.lonely = FALSE)

here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))

# The persons of each series: base, universe (everything the series needs is known), numerator.
with_series <- function(d) {
  known_labour <- !is.na(d$labour)
  known_both <- known_labour & !is.na(d$attendance)
  d$unemployment_base <- d$age >= 15
  d$unemployment_left_out <- d$unemployment_base & !known_labour
  d$unemployment_universe <- d$unemployment_base & d$labour %in% c("employed", "unemployed")
  d$unemployment_numerator <- as.numeric(d$unemployment_universe & d$labour %in% "unemployed")
  d$neet_base <- d$age >= 15 & d$age <= 24
  d$neet_left_out <- d$neet_base & !known_both
  d$neet_universe <- d$neet_base & known_both
  d$neet_numerator <- as.numeric(d$neet_universe & !(d$labour %in% "employed") & d$attendance %in% "no")
  d$one <- 1
  d
}

# The inside of a call, with the numbers of one series under fixed names.
one_series <- function(design, series) {
  for (part in c("base", "left_out", "universe", "numerator"))
    design$variables[[part]] <- design$variables[[paste0(series, "_", part)]]
  design
}

# `deff_total` is the deff of everybody in the universe; it makes the effective n of a cell at 0 or 100 %.
level <- function(design, cell, deff_total) {
  cell <- cell & design$variables$base
  population_base <- sum(weights(design)[cell])
  left_out <- sum(weights(design)[cell & design$variables$left_out]) / population_base
  inside <- cell & design$variables$universe
  # A logical subset keeps the clusters outside it in the variance: a domain, not a smaller sample.
  domain <- subset(design, inside)
  ratio <- svyratio(~numerator, ~one, domain)
  mean <- svymean(~numerator, domain, deff = "replace")
  stopifnot(all.equal(unname(coef(ratio)), unname(coef(mean)), tolerance = 1e-12))
  stopifnot(all.equal(as.numeric(SE(ratio)), as.numeric(SE(mean)), tolerance = 1e-9))
  p <- unname(coef(ratio)); se <- as.numeric(SE(ratio)); df <- degf(domain)
  # logit interval with the df of the cell (confint(svyratio) would take df = Inf)
  half <- if (df > 0 && p > 0 && p < 1) qt(0.975, df) * se / (p * (1 - p)) else NA
  ends <- c(plogis(qlogis(p) - half), plogis(qlogis(p) + half))
  effective <- sum(inside) / deff_total
  if (p == 0) ends <- c(0, qbeta(0.975, 1, effective))  # Clopper-Pearson
  if (p == 1) ends <- c(qbeta(0.025, effective, 1), 1)
  varies <- p > 0 && p < 1 && sum(inside) > 1
  data.frame(n = sum(inside), n_numerator = sum(domain$variables$numerator),
             population = sum(weights(domain)), left_out_share = left_out,
             estimate = p, se = se, df = df, deff = if (varies) as.numeric(deff(mean)) else NA,
             ci_lower = ends[1], ci_upper = ends[2])
}

contrasts <- function(design, cell) {
  domain <- subset(design, cell & design$variables$universe & design$variables$status != "unknown")
  groups <- svyby(~numerator, ~status, domain, svyratio, denominator = ~one, covmat = TRUE)
  # The same by totals and the delta method, so that two of survey's ways agree.
  v <- domain$variables
  domain$variables$xm <- v$numerator * (v$status == "migrant")
  domain$variables$ym <- as.numeric(v$status == "migrant")
  domain$variables$xn <- v$numerator * (v$status == "non_migrant")
  domain$variables$yn <- as.numeric(v$status == "non_migrant")
  totals <- svytotal(~xm + ym + xn + yn, domain)
  by_totals <- svycontrast(totals, list(difference = quote(xm / ym - xn / yn),
                                        ratio = quote((xm / ym) / (xn / yn))))
  difference <- svycontrast(groups, c(migrant = 1, non_migrant = -1))
  ratio <- svycontrast(groups, list(ratio = quote(migrant / non_migrant)))
  stopifnot(all.equal(as.numeric(SE(difference)), unname(SE(by_totals)[1]), tolerance = 1e-8))
  stopifnot(all.equal(as.numeric(SE(ratio)), unname(SE(by_totals)[2]), tolerance = 1e-8))
  value <- as.numeric(c(coef(difference), coef(ratio)))
  se <- as.numeric(c(SE(difference), SE(ratio)))
  df <- degf(domain)
  width <- qt(0.975, df) * se
  # linear for the difference, log for the ratio
  data.frame(statistic = c("difference", "ratio"), estimate = value, se = se,
             covariance = vcov(groups)["migrant", "non_migrant"], df = df,
             ci_lower = c(value[1] - width[1], value[2] * exp(-width[2] / value[2])),
             ci_upper = c(value[1] + width[1], value[2] * exp(width[2] / value[2])))
}

# The finite population correction of the same samples: clusters of each stratum, or the share sampled.
# Stratum h has (h + 2) times the clusters of the sample, but the second was taken whole.
with_fpc <- function(d) {
  label <- paste(d$stratum)
  sampled <- tapply(paste(d$stratum, d$cluster), label, function(x) length(unique(x)))
  number <- as.numeric(sub("S", "", names(sampled)))
  times <- setNames(ifelse(number == 2, 1, number + 2), names(sampled))
  d$population <- as.numeric(sampled[label] * times[label])
  d$share <- as.numeric(1 / times[label])
  d
}

designs <- list(
  clustered = list(ids = ~cluster, lonely = c("adjust")),
  unclustered = list(ids = ~1, lonely = c("adjust")),
  singletons = list(ids = ~cluster, lonely = c("adjust", "certainty")))

levels_out <- contrasts_out <- NULL
for (name in names(designs)) {
  d <- with_series(read.csv(file.path(here, "inputs", paste0(name, ".csv")), na.strings = "",
                            colClasses = c(weight = "numeric", age = "numeric")))
  design <- svydesign(ids = designs[[name]]$ids, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
  for (lonely in designs[[name]]$lonely) {
    options(survey.lonely.psu = lonely)
    for (series in c("unemployment", "neet")) {
      s <- one_series(design, series)
      key <- data.frame(design = name, singleton = c(adjust = "centered", certainty = "certainty")[[lonely]],
                        series = series)
      v <- s$variables
      everybody <- rep(TRUE, nrow(v))
      deff_total <- level(s, everybody, 1)$deff
      for (status in c("_T", unique(v$status))) for (sex in c("_T", unique(v$sex)))
        for (region in c("_T", unique(v$region))) {
          if (sum(c(status, sex, region) != "_T") == 3) next
          cell <- (status == "_T" | v$status == status) & (sex == "_T" | v$sex == sex) &
            (region == "_T" | v$region == region)
          if (!any(cell & v$universe)) next
          levels_out <- rbind(levels_out, cbind(key, status, sex, region, level(s, cell, deff_total)))
        }
      for (sex in c("_T", unique(v$sex)))
        contrasts_out <- rbind(contrasts_out,
          cbind(key, sex, contrasts(s, sex == "_T" | v$sex == sex)))
    }
  }
}
fpc_levels <- fpc_contrasts <- NULL
for (name in names(designs)) {
  d <- with_fpc(with_series(read.csv(file.path(here, "inputs", paste0(name, ".csv")), na.strings = "",
                                     colClasses = c(weight = "numeric", age = "numeric"))))
  for (fpc in c("population", "share")) for (lonely in designs[[name]]$lonely) {
    options(survey.lonely.psu = lonely)
    design <- svydesign(ids = designs[[name]]$ids, strata = ~stratum, weights = ~weight, data = d, nest = TRUE,
                        fpc = as.formula(paste("~", fpc)))
    for (series in c("unemployment", "neet")) {
      s <- one_series(design, series)
      key <- data.frame(design = name, fpc = fpc, series = series,
                        singleton = c(adjust = "centered", certainty = "certainty")[[lonely]])
      v <- s$variables
      for (status in c("_T", unique(v$status))) for (sex in c("_T", unique(v$sex))) {
        cell <- (status == "_T" | v$status == status) & (sex == "_T" | v$sex == sex)
        if (!any(cell & v$universe)) next
        inside <- subset(s, cell & v$universe)
        ratio <- svyratio(~numerator, ~one, inside)
        fpc_levels <- rbind(fpc_levels, cbind(key, status, sex, estimate = unname(coef(ratio)),
                                              se = as.numeric(SE(ratio)), df = degf(inside)))
      }
      for (sex in c("_T", unique(v$sex)))
        fpc_contrasts <- rbind(fpc_contrasts, cbind(key, sex, contrasts(s, sex == "_T" | v$sex == sex)))
    }
  }
}
write_exactly <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x)
    ifelse(is.finite(x), trimws(formatC(x, digits = 17, format = "g")), ""))
  write.csv(table, file.path(here, "goldens", name), row.names = FALSE, quote = FALSE, eol = "\n")
}
write_exactly(levels_out, "levels.csv")
write_exactly(contrasts_out, "contrasts.csv")
write_exactly(fpc_levels, "fpc_levels.csv")
write_exactly(fpc_contrasts, "fpc_contrasts.csv")
cat("survey", as.character(packageVersion("survey")), "on", R.version.string, "\n",
    file = file.path(here, "goldens", "made_by.txt"))
