// Anderson mixing: a fixed point in fewer rounds.
#pragma once
#include <deque>
#include <span>
#include <vector>

namespace plimsoll::flow {

/// Chooses the next point of x = g(x) from the last few points and their images, so that the image would be hit if g
/// were linear (Anderson 1965; Walker and Ni 2011, SIAM J. Numer. Anal. 49, algorithm AA). Where that does not bring
/// them closer it takes the middle of point and image, which stops what swings.
class Acceleration {
public:
    /// `next` comes as g(x) and leaves as the next point. Numbers do not become negative, and those at most 1 stay so.
    void mix(std::span<const double> x, std::span<double> next);
    void forget();

private:
    struct Step {
        std::vector<double> image, residual; // differences to the step before, each scaled by max(1, |x|)
    };
    std::vector<double> m_image, m_residual;
    std::deque<Step> m_steps;
    double m_best = 0; // smallest residual since forget()
    int m_worse = 0;   // rounds since then without a smaller one
    int m_pauses = 0;  // times that mixing led nowhere
};

} // namespace plimsoll::flow
