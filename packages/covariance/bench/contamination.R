# robustbase's covMcd for contamination.ts: the mean variance of each table of a file of doubles, a line each.
suppressMessages(library(robustbase))
given <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(given[2])
features <- as.integer(given[3])
values <- readBin(given[1], "double", n = file.size(given[1]) / 8, size = 8, endian = "little")
set.seed(0)
for (start in seq(1, length(values), rows * features)) {
  X <- matrix(values[start:(start + rows * features - 1)], nrow = rows, byrow = TRUE)
  cat(format(mean(diag(as.matrix(suppressWarnings(covMcd(X))$cov))), digits = 17), "\n")
}
