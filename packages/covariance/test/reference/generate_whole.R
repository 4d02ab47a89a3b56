# robustbase's covMcd on tables of which it keeps every row, for whole.json: Rscript generate_whole.R
# heart and pilot come from robustbase, maryo from rrcov (both GPL-2+).
suppressMessages({ library(robustbase); library(rrcov) })
data(heart, pilot, package = "robustbase")
data(maryo, package = "rrcov")
tables <- list(heart = data.matrix(heart), pilot = data.matrix(pilot), maryo = data.matrix(maryo))
alphas <- c(heart = 0.5, pilot = 0.5, maryo = 0.75)
numbers <- function(x) paste0("[", paste(format(x, digits = 15, trim = TRUE), collapse = ","), "]")
rows <- function(X) paste0("[", paste(apply(unname(X), 1, numbers), collapse = ","), "]")
fits <- vapply(names(tables), function(name) {
  X <- tables[[name]]
  fit <- covMcd(X, nsamp = "deterministic", alpha = alphas[[name]])
  stopifnot(all(fit$mcd.wt == 1))
  sprintf(
    '{"data":"%s","supportFraction":%s,"rows":%s,"raw":%s,"reweighted":%s,"covariance":%s}',
    name, alphas[[name]], rows(X), numbers(fit$raw.cnp2), numbers(fit$cnp2), rows(fit$cov)
  )
}, "")
generator <- sprintf("R robustbase %s, covMcd(x, nsamp = \\\"deterministic\\\", alpha); rrcov %s for maryo", packageVersion("robustbase"), packageVersion("rrcov"))
writeLines(sprintf('{"generator":"%s","fits":[%s]}', generator, paste(fits, collapse = ",")), "whole.json")
