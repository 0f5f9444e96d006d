// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzzes what clients, faults and the outside world do, one after the other: each byte decides.
#include "fuzz/input.h"
#include "fuzz/target.h"
#include "fuzz/world.h"
#include "unit/random/random_world.h"

namespace gpiobroker::fuzz {
namespace {

class Story : public World<test::RandomWorld> {
 public:
  void tell(Input& input) {
    if (input.below(2) == 1) pi_.stop_driving_on_release();
    if (input.below(2) == 1) expander_.stop_driving_on_release();
    const Numbers numbers = [&input] { return input.byte(); };
    while (!input.is_over()) {
      step(numbers);
      expect_order();
    }
    expect_a_clean_end();
  }

  void show() const {
    for (const std::string& each : story_) std::cerr << "  " << each << '\n';
  }
};

}  // namespace
}  // namespace gpiobroker::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpiobroker::fuzz;
  Input input({data, size});
  Story story;
  try {
    story.tell(input);
  } catch (const std::exception& failure) {
    story.show();
    expect(false, failure.what());
  }
  return 0;
}
