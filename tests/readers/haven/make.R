# The files of this folder, written by R's haven 2.5.1:   Rscript make.R FOLDER ROOT_OF_THE_REPOSITORY
library(haven)
setwd(commandArgs(TRUE)[1])

spss <- data.frame(
  code = labelled_spss(c(1, 2, 9, -9, NA), labels = c(one = 1, refused = 9), na_values = c(9, -9), label = "A code"),
  rng = labelled_spss(c(1, 97, 98.5, 99, NA), na_range = c(97, 99)),
  txt = labelled_spss(c("\u00e9 ", "  b", "", "x", "ZZ"), labels = c(Zed = "ZZ"), na_values = "ZZ"),
  day = as.Date(c("2020-01-02", "1900-03-01", NA, "1582-10-20", "1970-01-01")),
  lng = c(strrep("\u00e9", 300), strrep("b", 1000), "", "c", "d"))
for (how in c("byte", "none", "zsav")) write_sav(spss, paste0(how, if (how == "zsav") ".zsav" else ".sav"), how)

stata <- data.frame(
  code = labelled(c(1, tagged_na("a"), tagged_na("z"), NA, 2.5), labels = c(one = 1, refused = tagged_na("a"))),
  whole = c(1L, 2L, NA, 4L, 100L),
  txt = c("e", "  b", "", "x", "ZZ"),
  day = as.Date(c("2020-01-02", "1900-03-01", NA, "1582-10-20", "1970-01-01")))
for (version in c(8, 10, 12, 13, 14, 15)) write_dta(stata, paste0(version, ".dta"), version)

sas <- data.frame(
  code = c(1, tagged_na("A"), tagged_na("Z"), NA, -9),
  dec = c(0.1, 1 / 3, NA, 1e-7, 123456789012),
  txt = c("\u00e9 ", "  b", "", "x", "ZZ"),
  day = as.Date(c("2020-01-02", "1900-03-01", NA, "1582-10-20", "1970-01-01")),
  at = as.POSIXct(c(1577934245, NA, -86400, 1000000000, 0), origin = "1970-01-01", tz = "UTC"))
attr(sas$code, "label") <- "A code"
write_sas(sas, "sas.sas7bdat")
write_sas(data.frame(n = 1:2000, t = sprintf("%05d", 1:2000), x = (1:2000) / 7), "pages.sas7bdat")

# the census of examples/, numbers as numbers
census <- read.csv(file.path(commandArgs(TRUE)[2], "examples", "census", "persons.csv.gz"))
write_sas(census, "persons.sas7bdat")
system("gzip -9 -n persons.sas7bdat")
