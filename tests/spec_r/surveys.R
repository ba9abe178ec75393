# What R's survey says of samples of usual designs and of the example census. Run from anywhere:
#   Rscript tests/spec_r/surveys.R            draws inputs/survey_*.csv anew (nobody's data, a fixed seed), and of them
#                                             and the census writes goldens/surveys.csv and goldens/totals.csv with 17
#                                             digits; all checked in
#   Rscript tests/spec_r/surveys.R DIR        leaves inputs/ as they are, writes DIR/surveys.csv and DIR/totals.csv, and
#                                             the schools of the survey package's `api` as DIR/survey_api*.csv with
#                                             DIR/schools.csv and DIR/schools_totals.csv
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
source(file.path(here, "statistics.R"))
given <- commandArgs(trailingOnly = TRUE)

# ---- the made samples: designs like those of the api data, and one with strata of a single cluster

drawn <- function(clusters, sizes, weight) {
  d <- do.call(rbind, lapply(seq_len(nrow(clusters)), function(i)
    data.frame(clusters[rep(i, sizes[i]), , drop = FALSE], rich = rnorm(1, 0, 0.6))))
  n <- nrow(d); pick <- function(values, prob) sample(values, n, TRUE, prob)
  d$HH <- cumsum(runif(n) < 0.55 | c(TRUE, d$CL[-1] != d$CL[-n] | d$ST[-1] != d$ST[-n]))
  d$W <- weight(d)
  d$SEX <- pick(1:2, c(1, 1)); d$AGE <- sample(15:44, n, TRUE); d$NAT <- pick(c(1, 2, 9), c(0.6, 0.36, 0.04))
  d$URB <- pick(1:2, c(2, 1))
  d$LIT <- ifelse(runif(n) < 0.06, "", 1 + (runif(n) < plogis(1 + d$rich - 0.5 * (d$NAT == 2))))
  d$LF <- pick(c("1", "2", "3", ""), c(0.62, 0.14, 0.2, 0.04))
  employee <- d$LF == "1"
  d$EARN <- ifelse(!employee, "", ifelse(runif(n) < 0.05, "999999", sprintf("%.1f", exp(7 + d$rich + rnorm(n, 0, 0.4)))))
  d$HRS <- ifelse(!employee, "", sample(c(0, 20, 30, 35, 40, 40, 40, 36, 999), n, TRUE))
  d[c("HH", "ST", "CL", "N", "W", "SEX", "AGE", "NAT", "URB", "LIT", "LF", "EARN", "HRS")]
}
if (!length(given)) {
  set.seed(20261126)
  at <- function(d) file.path(here, "inputs", paste0("survey_", d, ".csv"))
  put <- function(d, name) write.csv(d, at(name), row.names = FALSE, quote = FALSE, eol = "\n")
  per <- c(120, 70, 60); population <- c(4421, 1018, 755)  # persons drawn one by one from each stratum
  one <- data.frame(ST = rep(1:3, per), CL = seq_len(sum(per)), N = rep(population, per))
  d <- drawn(one, rep(1, nrow(one)), function(d) sprintf("%.4f", (population / per)[d$ST])); d$HH <- d$CL
  put(d, "strat")
  put(drawn(data.frame(ST = 1, CL = 1:15, N = 757), sample(6:30, 15), function(d) "33.8470"), "clus1")
  members <- sample(5:60, 40, TRUE); taken <- pmin(members, 8)  # then at most eight of each cluster
  put(drawn(data.frame(ST = 1, CL = 1:40, N = 757), taken,
            function(d) sprintf("%.4f", (757 / 40 * members / taken)[d$CL])), "clus2")
  many <- c(5, 1, 4, 1, 6, 2, 7, 1)
  lonely <- data.frame(ST = rep(1:8, many), CL = sequence(many), N = 2 * rep(many, many))
  put(drawn(lonely, sample(8:16, nrow(lonely), TRUE), function(d) sprintf("%.4f", runif(nrow(d), 5, 80))), "lonely")
}

of_codes <- function(d) {
  d$status <- ifelse(d$NAT == 2, "migrant", ifelse(d$NAT == 1, "non_migrant", "unknown"))
  d$sex <- c("male", "female")[d$SEX]; d$urban_rural <- c("urban", "rural")[d$URB]
  d
}
aged <- function(d) d$AGE >= 15 & d$AGE < 999
literacy <- function(d) series_of("4.6.1", "literacy_15_plus", "share", aged(d) & d$LIT %in% 1:2, d$LIT == 2)
unemployment <- function(d) series_of("8.5.2", "unemployment", "share", aged(d) & d$LF %in% 1:2, d$LF == 2)
measured <- function(key, design) {
  d <- design$variables
  for (s in list(literacy(d), unemployment(d))) totals_of(key, design, s)
  shares_of(key, design, literacy(d)); parities_of(key, design, literacy(d)); shares_of(key, design, unemployment(d))
  standardised_of(key, design, literacy(d), paste0("g", d$AGE %/% 5))
  paid <- d$LF %in% 1 & !is.na(d$EARN) & d$EARN != 999999 & !is.na(d$HRS) & d$HRS > 0 & d$HRS != 999
  # the program keeps four decimals of an amount, so that its sums are exact
  weekly <- round(d$EARN / (52 / 12), 4); hourly <- round(d$EARN / (52 / 12) / d$HRS, 4)
  for (kind in c("mean", "median")) earnings_of(key, design, series_of("8.5.1", paste0(kind, "_hourly"), kind, paid, hourly))
  earnings_of(key, design, series_of("8.5.1", "mean_hourly_hours_weighted", "hours", paid, weekly, d$HRS))
}
designed <- function(folder, file, name, ids, strata, fpc, lonely = "adjust") {
  d <- of_codes(read.csv(file.path(folder, paste0("survey_", file, ".csv"))))
  options(survey.lonely.psu = lonely)
  measured(data.frame(source = name, singleton = c(adjust = "centered", certainty = "certainty")[[lonely]]),
           svydesign(ids = ids, strata = strata, weights = ~W, fpc = fpc, data = d, nest = TRUE))
}
inputs <- file.path(here, "inputs")
designed(inputs, "strat", "strat", ~1, ~ST, ~N)
designed(inputs, "clus1", "clus1", ~CL, NULL, ~N)
designed(inputs, "clus2", "clus2", ~CL, NULL, ~N)          # two stages, the first of them with its correction
designed(inputs, "clus2", "clus2_no_fpc", ~CL, NULL, NULL)  # ultimate clusters
for (lonely in c("adjust", "certainty")) designed(inputs, "lonely", "lonely", ~CL, ~ST, NULL, lonely)

# ---- the example census: households within strata, two countries

options(survey.lonely.psu = "adjust")
census <- read.csv(gzfile(file.path(here, "../../examples/census/persons.csv.gz")))
census <- of_codes(transform(census, NAT = NATIVITY, LF = EMPSTAT))
census$urban_rural <- c("rural", "urban")[census$URBAN]
census$urban_rural[is.na(census$urban_rural)] <- "unknown"
for (sample in unique(census$SAMPLE)) {
  d <- census[census$SAMPLE == sample, ]
  design <- svydesign(ids = ~SERIAL, strata = ~STRATA, weights = ~PERWT, data = d, nest = TRUE)
  key <- data.frame(source = paste0("census_", sample), singleton = "centered")
  light <- series_of("7.1.1", "electricity", "share", d$GQ %in% c(10, 29) & d$ELECTRIC %in% 1:2, d$ELECTRIC == 1)
  for (s in list(light, literacy(d), unemployment(d))) { shares_of(key, design, s); totals_of(key, design, s) }
  parities_of(key, design, literacy(d))
}
into <- if (length(given)) given[1] else file.path(here, "goldens")
write_exactly(results, file.path(into, "surveys.csv"))
write_exactly(totals, file.path(into, "totals.csv"))

# ---- the schools of the survey package, as if they were persons

if (length(given)) {
  data(api); results <- totals <- NULL
  schools <- function(d, name, stratum, cluster, population) write.csv(data.frame(
    HH = seq_len(nrow(d)), ST = stratum, CL = cluster, N = population, W = sprintf("%.6f", d$pw),
    SEX = 1 + (d$comp.imp == "Yes"), AGE = 20 + 5 * (d$meals %/% 51), NAT = 1 + (d$ell > 25),
    URB = 1 + (d$stype != "E"), LIT = ifelse(is.na(d$target), "", 1 + (d$sch.wide == "Yes")), LF = 1 + (d$growth < 0),
    EARN = d$api00, HRS = d$meals), file.path(given[1], paste0("survey_", name, ".csv")), row.names = FALSE, quote = FALSE)
  schools(apistrat, "apistrat", as.integer(apistrat$stype), seq_len(nrow(apistrat)), apistrat$fpc)
  schools(apiclus1, "apiclus1", 1, apiclus1$dnum, apiclus1$fpc)
  schools(apiclus2, "apiclus2", 1, apiclus2$dnum, apiclus2$fpc1)
  designed(given[1], "apistrat", "apistrat", ~1, ~ST, ~N)
  designed(given[1], "apiclus1", "apiclus1", ~CL, NULL, ~N)
  designed(given[1], "apiclus2", "apiclus2", ~CL, NULL, ~N)
  designed(given[1], "apiclus2", "apiclus2_no_fpc", ~CL, NULL, NULL)
  write_exactly(results, file.path(given[1], "schools.csv"))
  write_exactly(totals, file.path(given[1], "schools_totals.csv"))
}
