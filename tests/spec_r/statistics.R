# What R's survey says of a design: levels, differences, ratios, gaps, parities, medians, standardised rates. Sourced by
# surveys.R and by tests/real/make_acs_earnings_goldens.R. A design's variables are status (migrant, non_migrant,
# unknown), sex and urban_rural, all with "_T" meaning everybody, and age_group.
suppressPackageStartupMessages(library(survey))
options(digits = 17, survey.adjust.domain.lonely = FALSE)

GROUPS <- c("migrant", "non_migrant")
DIMENSIONS <- c("status", "sex", "urban_rural")
TABLES <- list(character(), "status", "sex", "urban_rural", c("status", "sex"))
linear <- function(v, se, df) v + c(-1, 1) * qt(0.975, df) * se
logged <- function(v, se, df) v * exp(c(-1, 1) * qt(0.975, df) * se / v)
logit <- function(p, se, df) plogis(qlogis(p) + c(-1, 1) * qt(0.975, df) * se / (p * (1 - p)))

# A series: of whom (`inside`), what (`y`, and `d` for a ratio of two sums), and how.
series_of <- function(indicator, series, kind, inside, y, d = 1, adjustment = "none")
  list(indicator = indicator, series = series, kind = kind, inside = inside & !is.na(inside),
       y = ifelse(is.na(y), 0, as.numeric(y)), d = ifelse(is.na(d), 0, d), adjustment = adjustment)

domain_of <- function(design, s) subset(update(design, y = s$y, d = s$d, one = 1), s$inside)

# The number of one group, its standard error and its interval if that is made of these two. Without a value where R
# can't be asked: survey's quantile of rule "math" (4.1.1) takes the second lowest value where the lowest alone has more
# than that share of the weight. By definition it is the lowest, and that is what the program gives.
number_of <- function(kind, part) {
  df <- degf(part)
  if (kind == "median") {
    q <- svyquantile(~y, part, 0.5, qrule = "math", interval.type = "mean", df = df)[[1]]
    y <- part$variables$y; w <- weights(part)
    up_to <- svymean(~up_to, update(part, up_to = as.numeric(y <= q[1, 1])))
    least <- min(0.5, coef(up_to) - qt(0.975, df) * SE(up_to))
    wrong <- is.finite(least) && least >= 0 && least < sum(w[y == min(y)]) / sum(w)
    return(list(value = if (wrong) NA else q[1, 1], se = q[1, 4], ends = q[1, 2:3]))
  }
  it <- if (kind == "hours") svyratio(~y, ~d, part) else svymean(~y, part)
  v <- as.numeric(coef(it)); se <- as.numeric(SE(it))
  if (kind == "share") stopifnot(all.equal(v, as.numeric(coef(svyratio(~y, ~one, part))), tolerance = 1e-12))
  sure <- v == 0 || (kind == "share" && v > 1 - 1e-12)  # intervals of another method
  list(value = v, se = se, ends = if (sure) c(NA, NA) else if (kind == "share") logit(v, se, df) else logged(v, se, df))
}

# Two groups of a column, the first named first: their numbers and covariance matrix.
both_of <- function(kind, part, column, groups) {
  by <- as.formula(paste("~", column))
  if (kind == "median") {
    each <- lapply(groups, function(g) number_of(kind, part[part$variables[[column]] == g, ]))
    m <- setNames(sapply(each, `[[`, "value"), groups); se <- sapply(each, `[[`, "se")
    shares <- vcov(svyby(~up_to, by, update(part, up_to = as.numeric(y <= m[part$variables[[column]]])), svymean,
                         covmat = TRUE))[groups, groups]
    v <- diag(se^2); v[1, 2] <- v[2, 1] <- shares[1, 2] / sqrt(shares[1, 1] * shares[2, 2]) * se[1] * se[2]
    return(structure(m, var = structure(v, dimnames = list(groups, groups)), class = "svystat", statistic = "median"))
  }
  if (kind == "hours") svyby(~y, by, part, svyratio, denominator = ~d, covmat = TRUE)
  else svyby(~y, by, part, svymean, covmat = TRUE)
}

results <- NULL
row_of <- function(key, s, table, labels, statistic, comparison, value, se, df, ends, n, population = NA) {
  results <<- rbind(results, data.frame(key, indicator = s$indicator, series = s$series, statistic, comparison,
    adjustment = s$adjustment, disaggregation = if (length(table)) paste(table, collapse = "*") else "total",
    as.list(labels), estimate = value, se, df, ci_lower = ends[1], ci_upper = ends[2], n, population))
}

levels_of <- function(key, design, s) {
  domain <- domain_of(design, s); times <- if (s$kind == "share") 100 else 1
  for (table in TABLES) {
    cells <- if (length(table)) unique(domain$variables[, table, drop = FALSE]) else data.frame(row.names = 1)
    for (i in seq_len(nrow(cells))) {
      labels <- setNames(rep("_T", 3), DIMENSIONS); at <- rep(TRUE, nrow(domain$variables))
      for (t in table) { labels[t] <- cells[i, t]; at <- at & domain$variables[[t]] == cells[i, t] }
      part <- domain[at, ]; df <- degf(part)
      if (df < 1) next  # one cluster tells nothing of how clusters vary
      it <- number_of(s$kind, part)
      if (!all(is.finite(c(it$value, it$se)))) next
      row_of(key, s, table, labels, "level", "", times * it$value, times * it$se, df, times * it$ends, sum(at),
             as.numeric(coef(svytotal(~one, part))))
    }
  }
}

# How many persons there are that a share is of: of each group, also one of a single cluster.
totals <- NULL
totals_of <- function(key, design, s) {
  domain <- domain_of(design, s)
  for (table in TABLES) {
    cells <- if (length(table)) unique(domain$variables[, table, drop = FALSE]) else data.frame(row.names = 1)
    for (i in seq_len(nrow(cells))) {
      labels <- setNames(rep("_T", 3), DIMENSIONS); at <- rep(TRUE, nrow(domain$variables))
      for (t in table) { labels[t] <- cells[i, t]; at <- at & domain$variables[[t]] == cells[i, t] }
      part <- domain[at, ]; df <- degf(part)
      it <- suppressWarnings(svytotal(~y, part)); v <- as.numeric(coef(it)); se <- as.numeric(SE(it))
      ends <- if (v == 0 || df < 1) c(NA, NA) else logged(v, se, df)
      totals <<- rbind(totals, data.frame(key, indicator = s$indicator, series = s$series,
        disaggregation = if (length(table)) paste(table, collapse = "*") else "total", as.list(labels), estimate = v, se, df,
        ci_lower = ends[1], ci_upper = ends[2], n = sum(at),
        population = as.numeric(coef(svytotal(~one, part)))))
    }
  }
}

contrast_of <- function(key, part, s, table, labels, column, groups, statistics) {
  part <- part[part$variables[[column]] %in% groups, ]
  of <- lapply(groups, function(g) part[part$variables[[column]] == g, ])
  if (any(sapply(of, function(x) nrow(x$variables)) == 0) || any(sapply(of, degf) < 1)) return()
  two <- both_of(s$kind, part, column, groups); df <- degf(part)
  p <- as.numeric(coef(two)[groups])
  if (any(!is.finite(c(p, vcov(two)))) || p[2] == 0) return()
  ratio <- call("/", as.name(groups[1]), as.name(groups[2]))
  sure <- any(p == 0) || (s$kind == "share" && any(p > 1 - 1e-12))
  for (statistic in statistics) {
    it <- switch(statistic, difference = svycontrast(two, setNames(c(1, -1), groups)),
      ratio = , parity = svycontrast(two, list(it = ratio)), gap = svycontrast(two, list(it = call("-", 1, ratio))))
    times <- switch(statistic, difference = if (s$kind == "share") 100 else 1, gap = 100, 1)
    v <- times * as.numeric(coef(it)); se <- times * as.numeric(SE(it))
    ends <- if (sure) c(NA, NA) else if (statistic %in% c("ratio", "parity")) logged(v, se, df) else linear(v, se, df)
    row_of(key, s, table, labels, statistic, paste(groups, collapse = ":"), v, se, df, ends, nrow(part$variables))
  }
}

contrasts_of <- function(key, design, s, statistics) {
  domain <- domain_of(design, s); everybody <- setNames(rep("_T", 3), DIMENSIONS)
  contrast_of(key, domain, s, "status", everybody, "status", GROUPS, statistics)
  for (sex in c("female", "male")) contrast_of(key, domain[domain$variables$sex == sex, ], s, c("status", "sex"),
    replace(everybody, "sex", sex), "status", GROUPS, statistics)
}

# Women of men, the rural of the urban, migrants of others; of everybody and within a migratory status.
parities_of <- function(key, design, s) {
  s$indicator <- "4.5.1"
  contrasts_of(key, design, s, "parity")
  domain <- domain_of(design, s); everybody <- setNames(rep("_T", 3), DIMENSIONS)
  for (pair in list(c("sex", "female", "male"), c("urban_rural", "rural", "urban"))) {
    contrast_of(key, domain, s, pair[1], everybody, pair[1], pair[2:3], "parity")
    for (status in GROUPS) contrast_of(key, domain[domain$variables$status == status, ], s, c("status", pair[1]),
      replace(everybody, "status", status), pair[1], pair[2:3], "parity")
  }
}

# Rates with the ages of everybody in the universe, by svystandardize; the covariance by the same weights of svyby.
standardised_of <- function(key, design, s, age) {
  s$adjustment <- "standardised_age"
  domain <- domain_of(update(design, of_age = age), s)
  standard <- tapply(weights(domain), domain$variables$of_age, sum)
  two <- domain[domain$variables$status %in% GROUPS, ]
  cells <- svyby(~y, ~of_age + status, two, svymean, covmat = TRUE)
  stopifnot(nrow(cells) == 2 * length(standard))  # nobody of an age: then there is no rate
  share <- as.numeric(standard[as.character(cells$of_age)] / sum(standard))
  by <- rbind(share * (cells$status == GROUPS[1]), share * (cells$status == GROUPS[2]))
  p <- setNames(as.numeric(by %*% coef(cells)), GROUPS); v <- by %*% vcov(cells) %*% t(by)
  dimnames(v) <- list(GROUPS, GROUPS)
  again <- svyby(~y, ~status, svystandardize(two, by = ~of_age, over = ~status, population = as.vector(standard)), svymean)
  stopifnot(max(abs(coef(again)[GROUPS] / p - 1)) < 1e-9, max(abs(SE(again)^2 / diag(v) - 1)) < 1e-8)
  everybody <- setNames(rep("_T", 3), DIMENSIONS)
  for (g in GROUPS) {
    part <- domain[domain$variables$status == g, ]; se <- sqrt(v[g, g]); df <- degf(part)
    row_of(key, s, "status", replace(everybody, "status", g), "level", "", 100 * p[g], 100 * se, df,
           100 * logit(p[g], se, df), nrow(part$variables))
  }
  it <- structure(p, var = v, class = "svystat", statistic = "standardised"); df <- degf(two)
  d <- svycontrast(it, c(migrant = 1, non_migrant = -1)); r <- svycontrast(it, list(it = quote(migrant / non_migrant)))
  row_of(key, s, "status", everybody, "difference", "migrant:non_migrant", 100 * as.numeric(coef(d)),
         100 * as.numeric(SE(d)), df, linear(100 * as.numeric(coef(d)), 100 * as.numeric(SE(d)), df), nrow(two$variables))
  row_of(key, s, "status", everybody, "ratio", "migrant:non_migrant", as.numeric(coef(r)), as.numeric(SE(r)), df,
         logged(as.numeric(coef(r)), as.numeric(SE(r)), df), nrow(two$variables))
}

shares_of <- function(key, design, s) { levels_of(key, design, s); contrasts_of(key, design, s, c("difference", "ratio")) }
earnings_of <- function(key, design, s) {
  levels_of(key, design, s); contrasts_of(key, design, s, c("difference", "ratio", "gap"))
}

write_exactly <- function(table, path) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x)
    ifelse(is.finite(x), trimws(formatC(x, digits = 17, format = "g")), ""))
  write.csv(table, path, row.names = FALSE, quote = FALSE, eol = "\n")
}
