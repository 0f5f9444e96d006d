// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker makes of what programs outside do to lines.
#include "core/broker/outside.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::IsEmpty;
using What = core::LineNews::What;

class NewsFromOutside : public BrokerTest {
 protected:
  std::vector<LineId> changed() { return broker_.outside().read(kGpio17.chip, kNow).lines; }
};

TEST_F(NewsFromOutside, AreLinesThatMayLookDifferent) {
  pi_.use_from_outside(kGpio17.offset, "script");
  pi_.tell(kGpio17.offset, What::requested);
  pi_.tell(kGpio27.offset, What::configured);
  pi_.tell(kGpio27.offset, What::released);
  EXPECT_THAT(changed(), ElementsAre(kGpio17, kGpio27, kGpio27));
}

TEST_F(NewsFromOutside, AreReadOnce) {
  pi_.tell(kGpio17.offset, What::requested);
  (void)changed();
  EXPECT_THAT(changed(), IsEmpty());
}

TEST_F(NewsFromOutside, AreNoneOfALineThatIsAsItWasWhateverHasHappenedToItMeanwhile) {
  pi_.tell(kGpio17.offset, What::perhaps);
  EXPECT_THAT(changed(), IsEmpty());
}

TEST_F(NewsFromOutside, AreNoneOfAChipThatIsGone) {
  pi_.tell(kGpio17.offset, What::requested);
  (void)broker_.chip_removal().chip_gone(kGpio17.chip, kNow);
  EXPECT_THAT(changed(), IsEmpty());
}

}  // namespace
}  // namespace gpiobroker::test
