# A .sav or .dta as R's haven reads it, counted: Rscript tests/spec_r/labels_as_haven_counts.R FILE OUT.csv
# A row a code or value of a column that has labels: column, title, value (%.17g, .a for a tagged missing value, empty
# for a missing one), its label, whether it counts as missing, and how many cells have it (0: a label of no cell). Of
# another column one row, without a value: how many cells it has that are not missing.
# goldens/census_sav.csv and census_dta.csv are the rows with cells of examples/census, after
# `harmonize apply ipums/international examples/census/persons.csv.gz -o census.sav` (or census.dta).
suppressPackageStartupMessages(library(haven))
given <- commandArgs(TRUE)
sav <- grepl("\\.sav$", given[1])
d <- if (sav) read_sav(given[1], user_na = TRUE) else read_dta(given[1])

as_text <- function(x) {
  if (is.character(x)) return(x)
  x <- as.double(x)
  tag <- na_tag(x)
  ifelse(!is.na(tag), paste0(".", tag), ifelse(is.na(x), "", sprintf("%.17g", x)))
}

one <- function(name) {
  x <- d[[name]]
  labels <- attr(x, "labels")
  title <- attr(x, "label")
  if (is.null(labels)) {
    filled <- if (is.character(x)) x != "" else !is.na(x)
    return(data.frame(column = name, title = title, value = "", label = "", missing = FALSE, n = sum(filled)))
  }
  cells <- as_text(vctrs::vec_data(x))
  codes <- as_text(unname(labels))
  values <- unique(c(cells, codes))
  lost <- vapply(values, function(v) if (v %in% cells) is.na(x)[match(v, cells)] else NA, NA)
  declared <- c(as_text(attr(x, "na_values")), paste0(".", letters), "")
  data.frame(column = name, title = title, value = values,
             label = ifelse(values %in% codes, names(labels)[match(values, codes)], ""),
             missing = ifelse(is.na(lost), values %in% declared, lost),
             n = vapply(values, function(v) sum(cells == v), 1L))
}
out <- do.call(rbind, lapply(names(d), one))
write.csv(out, given[2], row.names = FALSE, fileEncoding = "UTF-8")
