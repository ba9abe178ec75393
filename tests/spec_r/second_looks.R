# What R's survey says of medians, half-median poverty, hours-weighted means and standardised rates.
# Run from anywhere: Rscript tests/spec_r/second_looks.R
# Draws inputs/second_looks.csv (nobody's data, a fixed seed) and writes goldens/second_looks.csv with 17 digits; both
# are checked in. Each is worked out thrice: for clusters of households within strata, for the same of a finite
# population, and for households as clusters.
suppressPackageStartupMessages(library(survey))
options(digits = 17, survey.lonely.psu = "adjust")
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))

# ---- the persons

set.seed(20261124)
drawn <- function() {
  persons <- list()
  hh <- 0
  for (st in 1:4) for (cl in 1:c(9, 7, 11, 8)[st]) {
    rich <- rnorm(1, 0, 0.35)
    for (k in 1:sample(9:13, 1)) {
      hh <- hh + 1
      mixed <- runif(1) < 0.45
      size <- sample(1:6, 1)
      elec <- if (runif(1) < 0.03) "" else as.integer(runif(1) > 0.75 - rich) + 1L
      quarters <- if (runif(1) < 0.04) 2L else 1L
      own <- if (quarters == 2L) "" else sprintf("%.2f", exp(8 + rich + rnorm(1, 0, 0.8)) * size^0.6)
      if (quarters == 1L && runif(1) < 0.05) own <- "9999999"       # not known
      if (quarters == 1L && runif(1) < 0.02) own <- "-250.5"        # a loss
      for (p in 1:size) {
        age <- sample(c(0:59, rep(15:24, 5)), 1)
        nat <- if (mixed) sample(1:2, 1) else 1L
        works <- age >= 15 && runif(1) < 0.6
        lf <- if (age < 15) "" else if (works) 1L else sample(c(2L, 3L, 3L), 1)
        employee <- if (works) sample(c(1L, 1L, 1L, 2L), 1) else ""
        paid <- works && employee == 1L
        persons[[length(persons) + 1]] <- list(
          HH = hh, P = p, W = sprintf("%.2f", runif(1, 5, 60) * st), ST = st, CL = cl, SEX = sample(1:2, 1),
          AGE = if (runif(1) < 0.02) 999L else age, NAT = if (runif(1) < 0.03) 9L else nat, LQ = quarters,
          LF = lf, STATUS = employee,
          EARN = if (!paid) "" else if (runif(1) < 0.05) "999999" else
            sprintf("%.1f", exp(7 + rich + rnorm(1, 0, 0.5) + (nat == 1) * 0.15)),
          HRS = if (!works) "" else as.character(sample(c(0, 8, 20, 30, 35, 40, 40, 40, 48, 60, 999), 1)),
          INC = own, SIZE = size, ATT = if (age < 5) "" else sample(c(1, 2, 2, 9), 1, prob = c(.5, .25, .2, .05)),
          ELEC = elec)
      }
    }
  }
  do.call(rbind, lapply(persons, as.data.frame))
}
d <- drawn()
d$N <- c(12, 21, 14, 40)[d$ST]  # clusters of each stratum in the population
# children of the last 12 months, asked of women aged 15 to 49, and completed years since arrival of the foreign-born
asked <- d$SEX == 2 & d$AGE >= 15 & d$AGE < 50
d$BIRTHS <- ifelse(!asked, "", ifelse(runif(nrow(d)) < 0.03, "9",
  rbinom(nrow(d), 2, 0.04 + 0.02 * pmax(d$AGE - 15, 0) * (d$AGE < 25))))
d$SINCE <- ifelse(d$NAT != 2, "", sample(c(0, 0, 0, 1:14, 99), nrow(d), replace = TRUE))
write.csv(d, file.path(here, "inputs", "second_looks.csv"), row.names = FALSE, quote = FALSE)
d <- read.csv(file.path(here, "inputs", "second_looks.csv"))

# ---- who counts, and for how much

d$status <- c("non_migrant", "migrant")[match(d$NAT, 1:2)]
d$status[is.na(d$status)] <- "unknown"
d$sex <- c("male", "female")[d$SEX]
d$known_age <- d$AGE != 999
d$age_group <- ifelse(d$known_age, paste0("g", sprintf("%02d", d$AGE %/% 5)), "unknown")
d$employees <- d$known_age & d$AGE >= 15 & d$LF %in% 1 & d$STATUS %in% 1 & !(d$EARN %in% 999999) & d$HRS > 0 & d$HRS != 999
d$employees[is.na(d$employees)] <- FALSE
d$hours <- ifelse(d$employees, d$HRS, 0)
d$weekly_all <- ifelse(d$employees, d$EARN / (52 / 12), 0)
d$hourly_all <- ifelse(d$employees, d$weekly_all / d$HRS, 0)
d$in_private <- d$LQ == 1 & d$INC != 9999999
d$income_all <- ifelse(d$in_private, d$INC / d$SIZE / (365 / 12), 0)
# the program keeps four decimals of an amount, so that its sums are exact
for (name in c("weekly", "hourly", "income")) d[[name]] <- round(d[[paste0(name, "_all")]], 4)
d$with_elec <- d$LQ == 1 & !is.na(d$ELEC)
d$has_elec <- as.numeric(d$ELEC %in% 2)
d$young <- d$known_age & d$AGE >= 15 & d$AGE <= 24 & d$LF %in% 1:3 & d$ATT %in% 1:2
d$neet <- as.numeric(d$LF %in% 2:3 & d$ATT %in% 2)
d$adolescents <- d$SEX == 2 & d$known_age & d$AGE >= 15 & d$AGE < 20 & !(d$BIRTHS %in% 9)
d$births <- ifelse(d$adolescents, d$BIRTHS, 0)
# who arrived within the last 12 months is not among the migrants of births
d$settled <- ifelse(d$SINCE %in% 0, "unknown", d$status)
GROUPS <- c("migrant", "non_migrant")

found <- NULL
row <- function(design, series, decimals, adjustment, by, group, statistic, estimate, se, df, ends, n, laeken = NA) {
  found <<- rbind(found, data.frame(design, series, decimals, adjustment, by, group, statistic, estimate, se, df,
    ci_lower = ends[1], ci_upper = ends[2], n, laeken))
}
linear <- function(v, se, df) v + c(-1, 1) * qt(0.975, df) * se
logged <- function(v, se, df) v * exp(c(-1, 1) * qt(0.975, df) * se / v)
logit <- function(p, se, df) plogis(qlogis(p) + c(-1, 1) * qt(0.975, df) * se / (p * (1 - p)))

# Difference, ratio and gap of two numbers with a covariance matrix, migrants first. times: of the difference.
contrasts <- function(name, series, decimals, adjustment, values, v, domain, times, gap) {
  two <- domain[domain$variables$status %in% GROUPS, ]
  df <- degf(two)
  a <- values[1]; b <- values[2]; r <- a / b
  se <- sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])
  row(name, series, decimals, adjustment, "status", "_T", "difference", times * (a - b), times * se, df,
    linear(times * (a - b), times * se, df), nrow(two))
  se <- sqrt(v[1, 1] - 2 * r * v[1, 2] + r^2 * v[2, 2]) / b
  row(name, series, decimals, adjustment, "status", "_T", "ratio", r, se, df, logged(r, se, df), nrow(two))
  if (gap) row(name, series, decimals, adjustment, "status", "_T", "gap", 100 * (1 - r), 100 * se, df,
    linear(100 * (1 - r), 100 * se, df), nrow(two))
}
cell <- function(domain, by, group) if (by == "total") domain else domain[domain$variables[[by]] == group, ]
CELLS <- list(c("total", "_T"), c("status", "migrant"), c("status", "non_migrant"), c("status", "unknown"),
  c("sex", "female"), c("sex", "male"))

# (a) the median of earnings an hour, with Woodruff's interval
medians <- function(name, design, variable, decimals) {
  domain <- subset(design, employees)
  of <- list()
  for (one in CELLS) {
    part <- cell(domain, one[1], one[2])
    df <- degf(part)
    q <- svyquantile(reformulate(variable), part, 0.5, qrule = "math", interval.type = "mean", df = df)[[1]]
    of[[one[2]]] <- c(median = q[1, 1], se = q[1, 4])
    row(name, "median_hourly", decimals, "none", one[1], one[2], "level", q[1, 1], q[1, 4], df, q[1, 2:3], nrow(part))
  }
  m <- sapply(GROUPS, function(g) of[[g]][["median"]]); se <- sapply(GROUPS, function(g) of[[g]][["se"]])
  two <- domain[domain$variables$status %in% GROUPS, ]
  two <- update(two, up_to = as.numeric(two$variables[[variable]] <= m[two$variables$status]))
  shares <- vcov(svyby(~up_to, ~status, two, svymean, covmat = TRUE))
  correlation <- shares[1, 2] / sqrt(shares[1, 1] * shares[2, 2])
  v <- diag(se^2); v[1, 2] <- v[2, 1] <- correlation * se[1] * se[2]
  contrasts(name, "median_hourly", decimals, "none", m, v, domain, 1, TRUE)
}

# (b) less than half the median of everybody, the line estimated. The formulas are those of R convey, svyarpr, iqalpha,
# densfun and h_fun, written anew, with "less than" strict.
h_fun <- function(x, w) { N <- sum(w); sqrt((sum(w * x^2) - sum(w * x)^2 / N) / N) / exp(0.2 * log(N)) }
density_at <- function(at, x, w, h) sum(w * exp(-((at - x) / h)^2 / 2) / sqrt(2 * pi)) / (sum(w) * h)
half_median <- function(name, design, variable, decimals) {
  x <- design$variables[[variable]]; w <- weights(design); inside <- design$variables$in_private
  M <- as.numeric(svyquantile(reformulate(variable), subset(design, in_private), 0.5, qrule = "math", ci = FALSE)[[1]])
  L <- 0.5 * M
  h <- h_fun(x[inside], w[inside])
  N <- sum(w[inside])
  of_line <- -0.5 / (N * density_at(M, x[inside], w[inside], h)) * inside * ((x <= M) - 0.5)
  domain <- subset(design, in_private)
  there <- requireNamespace("laeken", quietly = TRUE)
  one_of <- function(by, group) {
    part <- inside & (by == "total" | (if (by == "total") TRUE else design$variables[[by]] == group))
    p <- sum(w[part] * (x[part] < L)) / sum(w[part])
    z <- part / sum(w[part]) * ((x < L) - p) + density_at(L, x[part], w[part], h) * of_line
    other <- NA
    if (there) {
      by_all <- if (by == "total") NULL else design$variables[[by]][inside]
      other <- laeken::arpr(x[inside], weights = w[inside], p = 0.5, breakdown = by_all)
      other <- if (by == "total") other$value else other$valueByStratum$value[other$valueByStratum$stratum == group]
    }
    list(p = p, z = z, n = sum(part), part = part, laeken = other)
  }
  for (one in CELLS) {
    it <- one_of(one[1], one[2])
    se <- as.numeric(SE(svytotal(~z, update(design, z = it$z))))
    df <- degf(design[it$part, ])
    row(name, "below_half_median", decimals, "none", one[1], one[2], "level", 100 * it$p, 100 * se, df,
      100 * logit(it$p, se, df), it$n, it$laeken)
  }
  a <- one_of("status", "migrant"); b <- one_of("status", "non_migrant")
  v <- vcov(svytotal(~za + zb, update(design, za = a$z, zb = b$z)))
  contrasts(name, "below_half_median", decimals, "none", c(a$p, b$p), v, domain, 100, FALSE)
}

# (c) all earnings over all hours
by_hours <- function(name, design, variable, decimals) {
  domain <- subset(design, employees)
  for (one in CELLS) {
    part <- cell(domain, one[1], one[2])
    r <- svyratio(reformulate(variable), ~hours, part)
    v <- as.numeric(coef(r)); se <- as.numeric(SE(r)); df <- degf(part)
    row(name, "mean_hourly_hours_weighted", decimals, "none", one[1], one[2], "level", v, se, df, logged(v, se, df), nrow(part))
  }
  two <- domain[domain$variables$status %in% GROUPS, ]
  both <- svyby(reformulate(variable), ~status, denominator = ~hours, design = two, FUN = svyratio, covmat = TRUE)
  contrasts(name, "mean_hourly_hours_weighted", decimals, "none", as.numeric(coef(both)), vcov(both), domain, 1, TRUE)
}

# (d) rates standardised for the age, or the age and sex, of everybody in the universe, with fixed weights. hit: of a
# mean the amount; times: what a share or mean is shown as.
standardised <- function(name, design, series, inside, hit, age, with_sex, interval = logit, times = 100, gap = FALSE,
                         by_status = design$variables$status) {
  design <- update(design, inside = inside, hit = hit, of_age = age, status = by_status)
  everybody <- design[design$variables$inside, ]
  domain <- everybody[everybody$variables$of_age != "unknown", ]
  domain <- update(domain, stratum_of = if (with_sex) paste(of_age, sex) else of_age)
  standard <- tapply(weights(domain), domain$variables$stratum_of, sum)
  two <- domain[domain$variables$status %in% GROUPS, ]
  by_age <- svyby(~hit, ~stratum_of + status, two, svymean, covmat = TRUE)
  stopifnot(nrow(by_age) == 2 * length(standard))  # no empty cell
  share <- as.numeric(standard[by_age$stratum_of] / sum(standard))
  weights_of <- rbind(share * (by_age$status == "migrant"), share * (by_age$status == "non_migrant"))
  p <- as.numeric(weights_of %*% coef(by_age)); v <- weights_of %*% vcov(by_age) %*% t(weights_of)
  again <- svyby(~hit, ~status, svystandardize(two, by = ~stratum_of, over = ~status, population = as.vector(standard)),
    svymean)
  stopifnot(max(abs(coef(again) / p - 1)) < 1e-9, max(abs(SE(again)^2 / diag(v) - 1)) < 1e-9)
  adjustment <- if (with_sex) "standardised_age_sex" else "standardised_age"
  for (g in 1:2) {
    part <- everybody[everybody$variables$status == GROUPS[g], ]
    se <- sqrt(v[g, g]); df <- degf(part)
    row(name, series, "4", adjustment, "status", GROUPS[g], "level", times * p[g], times * se, df,
      times * interval(p[g], se, df), nrow(part))
  }
  contrasts(name, series, "4", adjustment, p, v, everybody, times, gap)
}

designs <- list(
  clusters = svydesign(ids = ~CL, strata = ~ST, weights = ~W, data = d, nest = TRUE),
  finite = svydesign(ids = ~CL, strata = ~ST, weights = ~W, fpc = ~N, data = d, nest = TRUE),
  households = svydesign(ids = ~HH, strata = ~ST, weights = ~W, data = d, nest = TRUE))
for (name in names(designs)) {
  for (decimals in c("4", "all")) {
    of <- function(variable) if (decimals == "4") variable else paste0(variable, "_all")
    medians(name, designs[[name]], of("hourly"), decimals)
    half_median(name, designs[[name]], of("income"), decimals)
    by_hours(name, designs[[name]], of("weekly"), decimals)
  }
  for (with_sex in c(FALSE, TRUE)) {
    standardised(name, designs[[name]], "electricity", d$with_elec, d$has_elec, d$age_group, with_sex)
    standardised(name, designs[[name]], "neet", d$young, d$neet, as.character(d$AGE), with_sex)
    standardised(name, designs[[name]], "births_15_19", d$adolescents, d$births, as.character(d$AGE), with_sex, logged,
      1000, by_status = d$settled)
    if (!with_sex)  # no migrant man of 50 to 54 is an employee
      standardised(name, designs[[name]], "mean_hourly", d$employees, d$hourly, d$age_group, FALSE, logged, 1, TRUE)
  }
}
write.csv(format(found, digits = 17), file.path(here, "goldens", "second_looks.csv"), row.names = FALSE, quote = FALSE)
