# R's survey: electricity by migratory status, or with `age` by status and age group, with standard errors.
# Rscript benchmarks/errors_survey.R [age] FILE.csv TOLD
# By the file's replicate weights, REPWT1 and so on, where it has them; else by strata and clusters.
suppressPackageStartupMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
by_age <- given[1] == "age"
if (by_age) given <- given[-1]
begun <- proc.time()
d <- read.csv(given[1])
d$status <- ifelse(d$NATIVITY == 1, "non_migrant", ifelse(d$NATIVITY == 2, "migrant", "unknown"))
d$y <- as.numeric(d$ELECTRIC == 1)
d$asked <- d$GQ %in% c(10, 29) & d$ELECTRIC %in% 1:2
d$age <- ifelse(d$AGE == 999, -1, pmin(5 * (d$AGE %/% 5), 85))
columns <- grep("^REPWT[0-9]+$", names(d))
design <- if (length(columns)) {
  svrepdesign(weights = ~PERWT, repweights = d[, columns], data = d, type = "other", scale = 4 / length(columns),
    rscales = rep(1, length(columns)), combined.weights = TRUE, mse = TRUE)
} else {
  svydesign(ids = ~SERIAL, strata = ~interaction(SAMPLE, STRATA, drop = TRUE), weights = ~PERWT, data = d, nest = TRUE)
}
found <- svyby(~y, if (by_age) ~SAMPLE + status + age else ~SAMPLE + status, subset(design, asked), svymean)
found <- found[found$status == "migrant", ]
if (by_age) found <- found[found$age == 20, ]
found <- found[order(as.character(found$SAMPLE)), ]
cost <- proc.time() - begun
writeLines(sprintf('{"rows": %d, "tables": 1, "series": 1, "estimate": %.15g, "se": %.15g, "seconds": %.3f, "cpu": %.3f}',
  nrow(d), found$y[1], found$se[1], cost[["elapsed"]], cost[["user.self"]] + cost[["sys.self"]]), given[2])
