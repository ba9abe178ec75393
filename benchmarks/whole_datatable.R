# The tables by R's data.table, all threads it takes by default.
#
#     Rscript benchmarks/whole_datatable.R FILE.csv OUT.csv REGIONS.csv
#
# Persons are first summed to the finest cells, by all dimensions at once, and the tables are made of those.

suppressPackageStartupMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)

columns <- c(
  "SAMPLE", "COUNTRY", "YEAR", "SERIAL", "PERNUM", "MOMLOC", "POPLOC", "PERWT", "GQ", "URBAN", "ELECTRIC", "WATSUP",
  "SEWAGE", "FUELCOOK", "INTERNET", "AGE", "SEX", "MARST", "NATIVITY", "BPLCOUNTRY", "CITIZEN", "YRIMM", "YRSIMM",
  "MIGRATE5", "MIGCAUSE", "SCHOOL", "LIT", "EMPSTAT"
)
dimensions <- c(
  "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
  "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural"
)
tables <- c(
  list(character()), as.list(dimensions[1:8]),
  list(c("migratory_status", "sex"), c("migratory_status", "age_group"), c("migratory_status", "urban_rural"),
       c("migratory_status", "sex", "urban_rural"))
)

p <- fread(given[1], select = columns, integer64 = "numeric")
places <- fread(given[3])
p[AGE == 999L, AGE := NA]

# parents in the household, of natives under 18
parents <- p[NATIVITY %in% 1:2, .(SAMPLE, SERIAL, PERNUM, NATIVITY)]
child <- p[, which(NATIVITY == 1L & AGE < 18L & (MOMLOC > 0L | POPLOC > 0L))]
p[, c("mother", "father") := NA_integer_]
p[child, mother := parents[p[child], on = .(SAMPLE, SERIAL, PERNUM = MOMLOC), x.NATIVITY]]
p[child, father := parents[p[child], on = .(SAMPLE, SERIAL, PERNUM = POPLOC), x.NATIVITY]]

place <- match(p$BPLCOUNTRY, places$code)
p[, `:=`(region = places$region[place], home = places$country[place])]
p[, stay := fcase(YRSIMM < 98L, YRSIMM, !YRIMM %in% c(0L, 9998L, 9999L), YEAR - YRIMM)]
p[, longest := fifelse(YRSIMM < 98L, AGE, AGE + 1L)]

p[, migratory_status := fcase(NATIVITY == 2L, "migrant", NATIVITY == 1L, "non_migrant", default = "unknown")]
p[, nativity := fcase(NATIVITY == 1L, "native_born", NATIVITY == 2L, "foreign_born", NATIVITY == 0L, "not_applicable",
                      default = "unknown")]
p[, citizenship_status := fcase(CITIZEN %in% 1:3, "citizen", CITIZEN == 4L, "foreign_citizen", CITIZEN == 5L, "stateless",
                                CITIZEN == 9L, "not_applicable", default = "unknown")]
p[, generation := fcase(
  NATIVITY == 2L, "first", mother == 2L & father == 2L, "second_both_parents",
  mother + father == 3L, "second_one_parent", mother == 2L | father == 2L, "second_unspecified",
  mother == 1L & father == 1L, "native_background", default = "unknown"
)]
p[, duration_of_stay := fcase(
  NATIVITY == 1L, "not_applicable", NATIVITY != 2L | is.na(stay) | stay < 0L | (!is.na(longest) & stay > longest),
  "unknown", stay < 5L, "0_4", stay < 10L, "5_9", default = "10_plus"
)]
p[, reason_for_migration := fcase(
  NATIVITY == 1L, "not_applicable", NATIVITY != 2L, "unknown", MIGCAUSE == 0L, "not_applicable", MIGCAUSE <= 19L, "work",
  MIGCAUSE %in% c(20:23, 40:42), "family", MIGCAUSE == 30L, "education", MIGCAUSE %in% 50:59, "humanitarian",
  MIGCAUSE == 63L, "retirement", MIGCAUSE < 99L, "other", default = "unknown"
)]
p[, region_of_birth := fcase(home == COUNTRY, "native", !is.na(region), region, NATIVITY == 1L, "native",
                             NATIVITY == 2L, "foreign_unspecified", default = "unknown")]
p[, return_migrant := fcase(
  NATIVITY == 2L, "not_applicable", NATIVITY != 1L, "unknown", AGE < 5L | MIGRATE5 == 0L, "not_applicable",
  MIGRATE5 == 30L, "yes", MIGRATE5 <= 20L, "no", default = "unknown"
)]
p[, sex := fcase(SEX == 1L, "male", SEX == 2L, "female", default = "unknown")]
groups <- c(sprintf("%d_%d", seq(0, 80, 5), seq(4, 84, 5)), "85_plus")
p[, age_group := fcoalesce(groups[pmin(AGE %/% 5L, 17L) + 1L], "unknown")]
p[, urban_rural := fcase(URBAN == 1L, "rural", URBAN == 2L, "urban", default = "unknown")]

# of each number: who counts, and of those who has it
asks <- function(name, counts, has) {
  counts <- !is.na(counts) & counts
  has <- counts & has
  p[, paste0(name, c("_n", "_below", "_above")) := list(counts + 0L, PERWT * counts, PERWT * has)]
}
p[, `:=`(private = GQ %in% c(10L, 29L), youth = AGE >= 15L & AGE <= 24L, school = SCHOOL %in% 1:4)]
clean <- p$FUELCOOK %in% c(20L, 30:35, 62L, 71L, 72L, 76L)
invisible(with(p, {
  light <- private & ELECTRIC %in% 1:2
  cooking <- private & FUELCOOK >= 10L & FUELCOOK <= 77L
  net <- private & INTERNET %in% 1:2
  asks("electricity", light, ELECTRIC == 1L)
  asks("clean_cooking", cooking, clean)
  asks("internet", net, INTERNET == 2L)
  asks("all_asked", light & cooking & net, ELECTRIC == 1L & clean & INTERNET == 2L)
  asks("piped_water", private & WATSUP >= 10L & WATSUP <= 20L, WATSUP < 20L)
  asks("sewer_or_septic", private & SEWAGE >= 10L & SEWAGE <= 20L, SEWAGE < 20L)
  asks("participation_15_24", youth & school, SCHOOL == 1L)
  asks("participation_25_64", AGE >= 25L & AGE <= 64L & school, SCHOOL == 1L)
  asks("literacy_15_plus", AGE >= 15L & LIT %in% 1:2, LIT == 2L)
  asks("literacy_15_24", youth & LIT %in% 1:2, LIT == 2L)
  asks("ever_in_union_15_17", SEX == 2L & AGE >= 15L & AGE <= 17L & MARST %in% 1:4, MARST > 1L)
  asks("unemployment", AGE >= 15L & EMPSTAT %in% 1:2, EMPSTAT == 2L)
  asks("neet", youth & EMPSTAT %in% 1:3 & school, EMPSTAT > 1L & SCHOOL > 1L)
}))

sums <- grep("_(n|below|above)$", names(p), value = TRUE)
numbers <- unique(sub("_(n|below|above)$", "", sums))
setnames(p, "SAMPLE", "sample")
finest <- p[, lapply(.SD, sum), by = c("sample", dimensions), .SDcols = sums]
result <- rbindlist(lapply(tables, function(table) finest[, lapply(.SD, sum), by = c("sample", table), .SDcols = sums]),
                    fill = TRUE)
for (name in numbers) {
  set(result, j = name, value = 100 * result[[paste0(name, "_above")]] / result[[paste0(name, "_below")]])
}
fwrite(result[, c("sample", dimensions, numbers, paste0(numbers, "_n")), with = FALSE], given[2])
