# What R's survey says of shares, totals, means, ratios, medians and standardised rates with replicate weights (mse = TRUE).
# Run from anywhere: Rscript tests/spec_r/replicates.R
# The persons are the schools and hospitals of survey's own api and scd data under other names; their replicate weights
# are as.svrepdesign's, some of them then made negative. Writes inputs/replicates_<design>.csv,
# goldens/replicate_designs.csv and goldens/replicates.csv with 17 digits; all are checked in.
suppressPackageStartupMessages(library(survey))
options(digits = 17, survey.replicates.mse = TRUE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
data(api); data(scd)
set.seed(20261128)

# ---- schools as persons: LF 1 employed, 2 unemployed; URB 1 a domain that only one district or stratum has

persons_of <- function(schools, urban) data.frame(
  HH = seq_len(nrow(schools)), W = schools$pw, SEX = ifelse(schools$sch.wide == "Yes", 1L, 2L),
  NAT = ifelse(schools$awards == "Yes", 1L, 2L), URB = ifelse(urban, 1L, 2L),
  AGE = c(E = 22L, M = 27L, H = 32L)[as.character(schools$stype)], LF = ifelse(schools$mobility > 15, 2L, 1L),
  EARN = schools$api00, HRS = pmin(pmax(schools$meals, 1), 90))
clus1 <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
clus1_no_fpc <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1)
small <- apistrat[ave(seq_len(nrow(apistrat)), apistrat$stype, FUN = seq_along) <= 12, ]
few <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = small, fpc = ~fpc)
one_district <- apiclus1$dnum == names(sort(table(apiclus1$dnum)))[9]
in_clusters <- persons_of(apiclus1, one_district)

hospitals <- data.frame(HH = 1:6, W = 2, SEX = 1L, NAT = c(1L, 2L, 1L, 2L, 2L, 1L), URB = c(1L, 1L, 1L, 2L, 2L, 2L),
                        AGE = 22L, LF = c(1L, 1L, 2L, 1L, 1L, 1L), EARN = scd$alive / 10, HRS = scd$arrests / 10)
scd_design <- svydesign(data = scd, prob = ~1, id = ~ambulance, strata = ~ESA, nest = TRUE)

negative <- function(weights) {
  at <- cbind(sample(nrow(weights), 40), sample(ncol(weights), 40, replace = TRUE))
  weights[at] <- -0.4 * weights[at] - 0.5
  weights
}
boot <- as.svrepdesign(clus1_no_fpc, type = "bootstrap", replicates = 60)
made <- list(
  jk1 = list(in_clusters, as.svrepdesign(clus1_no_fpc, type = "JK1"), "jk1", identity),
  jk1_fpc = list(in_clusters, as.svrepdesign(clus1, type = "JK1"), "jk1", identity),
  jkn = list(persons_of(small, small$stype == "H" & small$api00 > 600), as.svrepdesign(few, type = "JKn"), "jkn", identity),
  bootstrap = list(in_clusters, boot, "bootstrap", identity),
  negative = list(in_clusters, boot, "bootstrap", negative),
  brr = list(hospitals, as.svrepdesign(scd_design, type = "BRR"), "brr", identity),
  fay = list(hospitals, as.svrepdesign(scd_design, type = "Fay", fay.rho = 0.3), "fay", identity),
  sdr = list(in_clusters, boot, "sdr", function(w) w[, 1:20]))

designs <- goldens <- NULL
for (name in names(made)) {
  persons <- made[[name]][[1]]; from <- made[[name]][[2]]; method <- made[[name]][[3]]
  weights <- round(made[[name]][[4]](weights(from, "analysis")), 4)
  colnames(weights) <- paste0("R", seq_len(ncol(weights)))
  file <- file.path(here, "inputs", paste0("replicates_", name, ".csv"))
  persons$W <- round(persons$W, 4)
  write.csv(cbind(persons, weights), file, row.names = FALSE, quote = FALSE, eol = "\n")
  d <- read.csv(file)
  weights <- as.matrix(d[colnames(weights)])
  jackknife <- method %in% c("jk1", "jkn")
  # of a jackknife scale and rscales are those of as.svrepdesign, which has the fpc in them; the rest is svrepdesign's
  given <- c(if (method == "jkn" || name == "jk1_fpc") list(scale = from$scale), if (method == "jkn") list(rscales = from$rscales),
             if (method == "fay") list(rho = 0.3))
  type <- c(jk1 = "JK1", jkn = "JKn", bootstrap = "bootstrap", brr = "BRR", fay = "Fay", sdr = "successive-difference")[[method]]
  d$status <- c("non_migrant", "migrant")[d$NAT]; d$sex <- c("male", "female")[d$SEX]; d$place <- c("urban", "rural")[d$URB]
  d$unemployed <- as.numeric(d$LF == 2)
  # the program keeps four decimals of an amount, so that its sums are exact
  d$hourly <- round(d$EARN / d$HRS, 4); d$weekly <- round(d$EARN, 4)
  design <- suppressWarnings(do.call(svrepdesign, c(list(variables = d, repweights = weights, weights = d$W, type = type,
                                                         combined.weights = TRUE, mse = TRUE), given)))
  employed <- subset(design, LF == 1)
  designs <- rbind(designs, data.frame(design = name, method = method, replicates = ncol(weights),
    scale = if (is.null(given$scale)) "" else formatC(given$scale, digits = 17, format = "g"),
    rscales = if (is.null(given$rscales)) "" else paste(formatC(given$rscales, digits = 17, format = "g"), collapse = " "),
    rho = if (is.null(given$rho)) "" else given$rho))

  put <- function(series, by, group, statistic, of, stat, lower = NA, upper = NA, n = nrow(of), factor = 1)
    goldens <<- rbind(goldens, data.frame(design = name, series, by, group, statistic, n = n, df = degf(of),
      estimate = factor * as.numeric(coef(stat)), se = factor * as.numeric(SE(stat)), ci_lower = lower, ci_upper = upper))
  groups <- list(c("total", "_T"), c("status", "migrant"), c("status", "non_migrant"), c("sex", "male"),
                 c("sex", "female"), c("place", "urban"), c("place", "rural"))
  for (g in groups) {
    of <- function(whole) if (g[1] == "total") whole else whole[whole$variables[[g[1]]] == g[2], ]
    all <- of(design); paid <- of(employed)
    if (nrow(all) == 0 || nrow(paid) == 0) next
    suppressWarnings({
      put("unemployment", g[1], g[2], "level", all, svymean(~unemployed, all), factor = 100)
      put("unemployment", g[1], g[2], "total", all, svytotal(~unemployed, all))
      put("mean_hourly", g[1], g[2], "level", paid, svymean(~hourly, paid))
      ratio <- svyratio(~weekly, ~HRS, paid)
      put("mean_hourly_hours_weighted", g[1], g[2], "level", paid, ratio)
      # of few persons the interval may begin under the share of the lowest value: R's qrule then takes the next one
      if (nrow(paid) > 9) {
        median <- svyquantile(~hourly, paid, 0.5, interval.type = "mean", qrule = "math")
        ends <- confint(median)
        put("median_hourly", g[1], g[2], "level", paid, median, ends[1], ends[2])
      }
    })
  }
  contrasts <- function(series, formula, whole, factor) suppressWarnings({
    both <- svyby(formula, ~status, whole, svymean, covmat = TRUE)
    put(series, "status", "_T", "difference", whole, svycontrast(both, c(migrant = 1, non_migrant = -1)), factor = factor)
    put(series, "status", "_T", "ratio", whole, svycontrast(both, list(r = quote(migrant / non_migrant))))
  })
  if (name != "brr" && name != "fay") {
    contrasts("unemployment", ~unemployed, design, 100)
    standardised <- function(series, formula, whole, factor) suppressWarnings({
      of_ages <- apply(weights(whole, "analysis"), 2, function(w) tapply(w, whole$variables[c("AGE", "status")], sum))
      if (!all(of_ages %in% of_ages[of_ages != 0])) return()  # a replicate has nobody of an age: R can't go on
      adjusted <- svystandardize(whole, by = ~AGE, over = ~status, population = svytable(~AGE, whole))
      for (g in c("migrant", "non_migrant"))
        put(series, "standardised", g, "level", subset(whole, status == g),
            svymean(formula, subset(adjusted, status == g)), factor = factor)
      both <- svyby(formula, ~status, adjusted, svymean, covmat = TRUE)
      put(series, "standardised", "_T", "difference", whole, svycontrast(both, c(migrant = 1, non_migrant = -1)),
          factor = factor)
    })
    standardised("unemployment", ~unemployed, design, 100)
    standardised("mean_hourly", ~hourly, employed, 1)
  }
}
write_exactly <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x)
    ifelse(is.finite(x), trimws(formatC(x, digits = 17, format = "g")), ""))
  write.csv(table, file.path(here, "goldens", name), row.names = FALSE, quote = FALSE, eol = "\n")
}
write_exactly(designs, "replicate_designs.csv")
write_exactly(goldens, "replicates.csv")
