// One fit of Armadillo's gmm_full or gmm_diag from an explicit start; prints a line of JSON.
// Arguments: file of rows, rows, features, file of the start (weights, means, covariances), components, iterations, full|diag.
#include <armadillo>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

using namespace arma;

static std::vector<double> numbers(const char* path, size_t count) {
  std::vector<double> values(count);
  FILE* file = std::fopen(path, "rb");
  if (!file || std::fread(values.data(), sizeof(double), count, file) != count) {
    std::printf("{\"error\":\"%s cannot be read\"}\n", path);
    std::exit(0);
  }
  std::fclose(file);
  return values;
}

// Takes Armadillo's log and notes when each iteration of EM was written down and flushed, which is when it ends.
class Clock : public std::stringbuf {
 public:
  std::vector<double> ends;

 protected:
  int sync() override {
    if (str().find("EM: iteration:") != std::string::npos) {
      ends.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count());
    }
    str("");
    return 0;
  }
};

template <class Model, class Covariances>
static void report(const mat& X, const mat& means, const Covariances& covariances, const rowvec& weights, uword iterations) {
  Clock clock;
  std::ostream log(&clock);
  set_cout_stream(log);
  Model model;
  model.set_params(means, covariances, weights);
  // No k-means, no floor of variances that matters. It stops earlier where the likelihood stands still, so ends are counted.
  bool fitted = model.learn(X, means.n_cols, maha_dist, keep_existing, 0, iterations, 1e-300, true);
  if (!fitted || clock.ends.size() < 2) {
    std::printf("{\"error\":\"Armadillo could not fit\"}\n");
    std::exit(0);
  }
  double seconds = (clock.ends.back() - clock.ends.front()) / double(clock.ends.size() - 1);
  std::printf("{\"seconds\":%.17g,\"score\":%.17g}\n", seconds, model.avg_log_p(X));
}

int main(int count, char** words) {
  if (count == 1) {
    std::printf("{\"version\":\"%d.%d.%d\"}\n", ARMA_VERSION_MAJOR, ARMA_VERSION_MINOR, ARMA_VERSION_PATCH);
    return 0;
  }
  size_t n = std::atol(words[2]), d = std::atol(words[3]), k = std::atol(words[5]), iterations = std::atol(words[6]);
  // Rows one after the other are Armadillo's columns.
  std::vector<double> rows = numbers(words[1], n * d), start = numbers(words[4], k + k * d + k * d * d);
  mat X(rows.data(), d, n, false, true), means(start.data() + k, d, k);
  rowvec weights(start.data(), k);
  cube covariances(start.data() + k + k * d, d, d, k);
  if (std::string(words[7]) == "full") {
    report<gmm_full>(X, means, covariances, weights, iterations);
  } else {
    mat variances(d, k);
    for (size_t c = 0; c < k; c++) variances.col(c) = covariances.slice(c).diag();
    report<gmm_diag>(X, means, variances, weights, iterations);
  }
}
