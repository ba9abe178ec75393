# A .sav or .dta as R's haven reads it: Rscript tests/spec_r/labelled_as_haven_reads.R FILE OUT.csv
# A row a cell: column, title, row, value (%.17g, .a for a tagged missing value, empty for a missing one), its
# label, and whether the cell counts as missing. goldens/labelled_sav.csv and labelled_dta.csv are of the extract
# of tests/harmonised/made.py, after `harmonize apply two.yaml persons.csv -o two.sav` (or two.dta).
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
  value <- as_text(vctrs::vec_data(x))
  label <- if (is.null(labels)) NA else names(labels)[match(value, as_text(unname(labels)))]
  data.frame(column = name, title = attr(x, "label"), row = seq_along(value), value = value,
             label = ifelse(is.na(label), "", label), missing = is.na(x))
}
out <- do.call(rbind, lapply(names(d), one))
write.csv(out, given[2], row.names = FALSE, fileEncoding = "UTF-8")
