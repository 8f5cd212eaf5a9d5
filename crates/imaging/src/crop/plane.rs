//! Least squares in two unknowns under linear limits, solved exactly by trying every corner.

/// `a·s + b·t ≤ c`.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfPlane {
    a: f64,
    b: f64,
    c: f64,
}

/// `((a·s + b·t − middle) / half_width)²`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Square {
    a: f64,
    b: f64,
    middle: f64,
    half_width: f64,
}

/// How far rounding may carry a point over a border, relative to the border's size.
const ROUNDING: f64 = 1e-9;

impl HalfPlane {
    /// `a·s + b·t ≤ c`.
    pub(super) fn at_most(a: f64, b: f64, c: f64) -> Self {
        Self { a, b, c }
    }

    /// `a·s + b·t ≥ c`.
    pub(super) fn at_least(a: f64, b: f64, c: f64) -> Self {
        Self { a: -a, b: -b, c: -c }
    }

    fn holds(&self, (s, t): (f64, f64)) -> bool {
        let size = (self.a * s).abs() + (self.b * t).abs() + self.c.abs() + 1.0;
        self.a * s + self.b * t <= self.c + ROUNDING * size
    }

    /// Where two borders cross.
    fn crossing(&self, other: &Self) -> Option<(f64, f64)> {
        solve2([self.a, self.b, self.c], [other.a, other.b, other.c])
    }
}

impl Square {
    /// An aim of `middle` for `a·s + b·t`, where `half_width` counts as one.
    pub(super) fn new(a: f64, b: f64, middle: f64, half_width: f64) -> Self {
        Self { a, b, middle, half_width }
    }

    /// The band around the aim, its half width multiplied.
    pub(super) fn within(&self, widen: f64) -> [HalfPlane; 2] {
        let reach = self.half_width * widen;
        [
            HalfPlane::at_least(self.a, self.b, self.middle - reach),
            HalfPlane::at_most(self.a, self.b, self.middle + reach),
        ]
    }

    fn cost(&self, (s, t): (f64, f64)) -> f64 {
        ((self.a * s + self.b * t - self.middle) / self.half_width).powi(2)
    }
}

/// The point inside every half plane with the smallest sum of squares and positive `s`; `None` when there is none.
pub(super) fn minimise(aims: &[Square], limits: &[HalfPlane]) -> Option<(f64, f64)> {
    let mut candidates: Vec<(f64, f64)> = free_optimum(aims).into_iter().collect();
    for (i, border) in limits.iter().enumerate() {
        candidates.extend(optimum_on(aims, border));
        candidates.extend(limits[i + 1..].iter().filter_map(|other| border.crossing(other)));
    }
    let cost = |point: &(f64, f64)| aims.iter().map(|aim| aim.cost(*point)).sum::<f64>();
    candidates
        .into_iter()
        .filter(|point| point.0 > 0.0 && point.0.is_finite() && point.1.is_finite())
        .filter(|point| limits.iter().all(|limit| limit.holds(*point)))
        .min_by(|a, b| cost(a).total_cmp(&cost(b)))
}

fn free_optimum(aims: &[Square]) -> Option<(f64, f64)> {
    let (mut ss, mut st, mut tt, mut sm, mut tm) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for aim in aims {
        let (a, b, m) = (aim.a / aim.half_width, aim.b / aim.half_width, aim.middle / aim.half_width);
        ss += a * a;
        st += a * b;
        tt += b * b;
        sm += a * m;
        tm += b * m;
    }
    solve2([ss, st, sm], [st, tt, tm])
}

/// The best point on a border `a·s + b·t = c`, walked along as `foot + u·direction`.
fn optimum_on(aims: &[Square], border: &HalfPlane) -> Option<(f64, f64)> {
    let norm = border.a * border.a + border.b * border.b;
    if norm == 0.0 {
        return None;
    }
    let foot = (border.a * border.c / norm, border.b * border.c / norm);
    let direction = (-border.b, border.a);
    let (mut uu, mut um) = (0.0, 0.0);
    for aim in aims {
        let along = (aim.a * direction.0 + aim.b * direction.1) / aim.half_width;
        let missing = (aim.middle - aim.a * foot.0 - aim.b * foot.1) / aim.half_width;
        uu += along * along;
        um += along * missing;
    }
    let u = if uu > 0.0 { um / uu } else { return None };
    Some((foot.0 + u * direction.0, foot.1 + u * direction.1))
}

/// Solves two rows `left·s + right·t = value`; `None` when they say the same or contradict each other.
fn solve2(first: [f64; 3], second: [f64; 3]) -> Option<(f64, f64)> {
    let determinant = first[0] * second[1] - first[1] * second[0];
    let size = (first[0] * second[1]).abs() + (first[1] * second[0]).abs();
    (determinant.abs() > 1e-12 * size && size > 0.0).then(|| {
        let s = first[2] * second[1] - first[1] * second[2];
        let t = first[0] * second[2] - first[2] * second[0];
        (s / determinant, t / determinant)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_optimum_is_taken_when_it_is_allowed() {
        let aims = [Square::new(1.0, 0.0, 3.0, 1.0), Square::new(0.0, 1.0, -2.0, 1.0)];
        assert_eq!(minimise(&aims, &[]), Some((3.0, -2.0)));
    }

    #[test]
    fn a_border_or_a_corner_is_taken_otherwise() {
        let aims = [Square::new(1.0, 0.0, 3.0, 1.0), Square::new(0.0, 1.0, -2.0, 1.0)];
        let border = HalfPlane::at_most(1.0, 0.0, 2.0);
        assert_eq!(minimise(&aims, &[border]), Some((2.0, -2.0)));
        let corner = HalfPlane::at_least(0.0, 1.0, 1.0);
        assert_eq!(minimise(&aims, &[border, corner]), Some((2.0, 1.0)));
        let never = HalfPlane::at_least(1.0, 0.0, 2.5);
        assert_eq!(minimise(&aims, &[border, never]), None);
    }
}
