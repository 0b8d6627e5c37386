/* Exact Gaussian likelihood of a multiplicative seasonal ARMA with regressors, and its maximum.
 *
 *     φ(B)Φ(Bˢ) (w_t − x_t β) = θ(B)Θ(Bˢ) e_t,   e_t ~ N(0, σ²),   t = 1..N
 *
 * w and x are already differenced. Write a_1..a_r and b_1..b_r for the coefficients of the two products:
 * w_t = Σ a_i w_{t−i} + e_t + Σ b_i e_{t−i}, with r = max(p + sP, q + sQ).
 *
 * Two exact forms stand side by side.
 *
 * FAST. Let e⁰ be the residuals that zero pre-sample values would give, and u the effect of the true pre-sample
 * values on the first r equations, u ~ N(0, σ²V). Then e⁰ = e + Hu, where the columns of H (N×r) are the impulse
 * response h of 1/θ(B)Θ(Bˢ) shifted by 0, 1, …, r − 1, so that e⁰ has covariance σ²(I + HVHᵀ). With
 *     G = HᵀH = L D Lᵀ,   g = Hᵀe⁰,   y = L⁻¹g,   M = D⁻¹ + LᵀVL
 * the Woodbury and determinant lemmas give
 *     log|Ω| = log|D| + log|M|,   e⁰ᵀΩ⁻¹e⁰ = e⁰ᵀe⁰ − yᵀD⁻¹y + (D⁻¹y)ᵀM⁻¹(D⁻¹y).
 * Hᵀv is a filter run backwards over v, and G needs only its first column: G_ij = G_{i−1,j−1} − h_{N−i}h_{N−j}.
 * Two sparse passes forward, two backward, and O(r³) that does not grow with N. Of these, what only the AR part needs
 * is spared: let K be the identity with the b_i to the right of the diagonal in its first r − (q + sQ) rows, the free
 * ones. Column i of H plus its b_l-fold column i + l, all l, is a unit vector, so that KGKᵀ is the identity but for a
 * corner, and Kg is e⁰ but for its end. KGKᵀ, Kg and K⁻ᵀVK⁻¹ take the places of G, g and V; L is the factor of the
 * corner below an identity.
 *
 * KALMAN. The state before month t is what the past adds to w_t, w_{t+1}, …: w_t = s_0 + e_t, and after w_t is seen
 *     s_i ← s_{i+1} + a_{i+1} w_t + b_{i+1} e_t.
 * It costs N r²/2, holds for any MA polynomial, and yields the innovations and the state at the end.
 * The fast form hands over to it where it would lose digits.
 *
 * Regression coefficients and σ² are concentrated out: both forms filter all columns (series, regressors) alike and
 * end in their cross products W = [w x]ᵀΩ⁻¹[w x]. A missing month is a column with a pulse in that month, integrated
 * out under a flat prior: the number of observations falls by one and ½ log of its pivot in W is taken off
 * (Gómez, Maravall & Peña 1999, doi:10.1016/S0304-4076(98)00021-X).
 *
 * LANES parameter vectors are evaluated at once, one in each lane of a vector register: a gradient is one or two
 * evaluations. Compilers without vector extensions take LANES = 1: same results, less speed.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__)
#define LANES 4
typedef double lane __attribute__((vector_size(8 * LANES)));
#define INLINE static inline __attribute__((always_inline))
#else
#define LANES 1
typedef double lane;
#define INLINE static inline
#endif
#if defined(__GNUC__) && defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#endif

#if defined(__GNUC__)
#define LOADED __asm__ volatile("" ::: "memory") /* what was read stays in registers: gcc would rather read it again */
#else
#define LOADED
#endif

#define AT(v, l) (((double *)&(v))[l]) /* one lane of a vector */
#define EACH(l) for (int l = 0; l < LANES; l++)
#define PI 3.14159265358979323846

#define SPARE 3 /* rows and columns beside a matrix that is worked on in blocks of four */

/* Where digits run out. */
#define WORST_CANCELLATION 1e7 /* e⁰ᵀe⁰ over the quadratic form, beyond which the fast form hands over */
#define THINNEST_PIVOT 1e-11   /* of G, M and W, relative to their diagonals */
#define NEAREST_UNIT_ROOT 1e-9 /* 1 − κ² of an AR part, below which it counts as not stationary */

/* The search: steps in radians, differences in log-likelihood. */
#define MAX_ROUNDS 300
#define LONGEST_STEP 0.7
#define SHORTEST_STEP 1e-7 /* as a part of the quasi-Newton step */
#define FORWARD_STEP 1e-6  /* of gradients on the way */
#define GRADIENT_STEP 2e-5 /* of central ones at the end */
#define CENTRAL_STEP 3e-4  /* of second differences */
#define ROUGH 1e-2         /* still to be gained where a start has shown its worth */
#define FINE 1e-6          /* still to be gained before Newton's step, which squares it */
#define NEGLIGIBLE 1e-7    /* decides nothing */
#define NOTHING 1e-12      /* rounding */
#define CONTENDER 0.3      /* a rough run no further above the lowest may still end below it */
#define BESIDE 0.1         /* a rough run no further, in every angle, from a lower one ends where that one does */
#define NEAR_BOUNDARY 0.25 /* cosine of an MA angle below which the boundary itself is tried */

enum { CONVERGED, BOUNDARY, FLAT, STALLED, EXHAUSTED, KNOWN };

static inline int larger(int i, int j) { return i > j ? i : j; }
static inline int smaller(int i, int j) { return i < j ? i : j; }

/* Under AddressSanitizer the parts of a workspace are fenced off from each other. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define FENCE 1
static void forbid(void *fence) { ASAN_POISON_MEMORY_REGION(fence, sizeof(lane)); }
#else
#define FENCE 0
static void forbid(void *fence) { (void)fence; }
#endif

/* ---- The model and its workspace -------------------------------------------------------------------------- */

typedef struct {
    int p, q, P, Q, s, k;   /* orders, period, number of coefficients p + q + P + Q */
    int ar_degree, ma_degree, r;
    int n_ar, n_ma;         /* lags at which a and b are not structurally zero, longest first */
    int *ar_lag, *ma_lag;
    int N, C, gaps;         /* months, columns: the series, then `gaps` pulses, then regressors */
    double *w;              /* (r + N, C), the first r rows zero: values before the sample */
    double *one, *beta;     /* k coefficients of one lane, C coefficients of the columns */
    double *sine;           /* k sines, and the angles that they are of */
    lane *c, *a, *b;        /* k coefficients φ, θ, Φ, Θ; (r + 1) of the products, b_0 = 1 */
    lane *ar, *ma;          /* a and b at the lags above */
    lane *levinson, *kappa; /* autoregressions of every degree below ar_degree, and their partial autocorrelations */
    lane *gamma_z, *cross, *gamma, *psi, *first;
    lane *V;                /* (r + 1)² and spare rows, covariance of u over σ² */
    lane *v, *e;            /* (r + N + r, C + 1): residuals of the seasonal factors and of all, h in the last column */
    lane *tail;             /* (r + 1): h_{N−i} */
    lane *scaled, *least;   /* 3r and r, of a factorisation */
    lane *G, *T, *M;        /* (r + C, r), r², (r + C, r), each with spare rows and columns */
    lane *state, *gain;     /* (r + 1, C) and (r + 1) of the Kalman form */
    lane *news;             /* C of it */
    lane *W, *reduced;      /* C² cross products, and what elimination leaves of them */
    lane *logdet, *f;       /* log|Ω|, and minus the log-likelihood */
    lane *bad;              /* 1 in lanes that the fast form cannot serve, 2 where the AR part is not stationary */
    double *innovations;    /* NULL, or (LANES, N, C): where the Kalman form leaves v/√F */
    void *memory;
} Model;

/* Lags of (1 + …B^small)(1 + …B^(s·big)) that are not structurally zero, longest first. */
static int mark_lags(int *lag, int small, int big, int s) {
    int n = 0;
    for (int i = small + s * big; i > 0; i--)
        for (int j = 0; j <= big; j++)
            if (i - s * j >= 0 && i - s * j <= small) {
                lag[n++] = i;
                break;
            }
    return n;
}

static int model_open(Model *m, const int orders[5], int N, int C, int gaps) {
    memset(m, 0, sizeof *m);
    m->p = orders[0], m->q = orders[1], m->P = orders[2], m->Q = orders[3], m->s = orders[4];
    m->k = m->p + m->q + m->P + m->Q;
    m->ar_degree = m->p + m->s * m->P, m->ma_degree = m->q + m->s * m->Q;
    m->r = larger(larger(m->ar_degree, m->ma_degree), 1);
    m->N = N, m->C = C, m->gaps = gaps;
    size_t r = m->r, n = N, c = C, d = m->ar_degree, lags = r + m->ma_degree + 1;
    struct { lane **where; size_t size; } part[] = {
        {&m->c, m->k}, {&m->a, r + 1}, {&m->b, r + 1},
        {&m->ar, d}, {&m->ma, m->ma_degree}, {&m->levinson, (d + 1) * (d + 2) / 2}, {&m->kappa, d + 1},
        {&m->gamma_z, lags}, {&m->cross, lags}, {&m->gamma, r + 1}, {&m->psi, r + 1}, {&m->first, r + 1},
        {&m->V, (r + SPARE) * (r + 1)}, {&m->v, (r + n + r) * (c + 1)}, {&m->e, (r + n + r) * (c + 1)}, {&m->tail, r + 1},
        {&m->scaled, 3 * r}, {&m->least, r}, {&m->G, (r + c + SPARE) * (r + SPARE)}, {&m->T, (r + SPARE) * (r + SPARE)},
        {&m->M, (r + c + SPARE) * (r + SPARE)}, {&m->news, c},
        {&m->state, (r + 1) * c}, {&m->gain, r + 1}, {&m->W, c * c}, {&m->reduced, c * c}, {&m->logdet, 1},
        {&m->f, 1}, {&m->bad, 1}};
    size_t lanes = 0, ints = d + m->ma_degree + 2;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) lanes += part[i].size + FENCE;
    m->memory = calloc(1, sizeof(lane) * (lanes + 1) + sizeof(double) * ((r + n) * c + 3 * m->k + c) + sizeof(int) * ints);
    if (!m->memory) return -1;
    lane *next = (lane *)(((uintptr_t)m->memory + sizeof(lane) - 1) / sizeof(lane) * sizeof(lane));
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        *part[i].where = next;
        forbid(next + part[i].size);
        next += part[i].size + FENCE;
    }
    m->w = (double *)next;
    m->one = m->w + (r + n) * c;
    m->beta = m->one + m->k;
    m->sine = m->beta + c;
    m->ar_lag = (int *)(m->sine + 2 * m->k);
    m->ma_lag = m->ar_lag + d + 1;
    m->n_ar = mark_lags(m->ar_lag, m->p, m->P, m->s);
    m->n_ma = mark_lags(m->ma_lag, m->q, m->Q, m->s);
    return 0;
}

/* ---- Coefficients ------------------------------------------------------------------------------------------ */

/* Angles to coefficients: sin of an angle is a partial autocorrelation, and Durbin and Levinson's recursion turns
 * partial autocorrelations into a polynomial without roots inside the unit circle (Monahan 1984,
 * doi:10.1093/biomet/71.2.403). The arcsine is the transform that stabilises their variance, so that the likelihood
 * is about equally curved in every direction, N. An MA part may reach the boundary, where the sine turns back and
 * the likelihood, which is symmetric there, stays smooth; an AR part cannot: log|M| grows without bound. */
static void polynomial(const double *sine, int degree, double sign, double *out) {
    for (int m = 0; m < degree; m++) {
        double kappa = sine[m];
        for (int i = 0, j = m - 1; i <= j; i++, j--) {
            double left = out[i], right = out[j];
            out[i] = left - sign * kappa * right;
            out[j] = right - sign * kappa * left;
        }
        out[m] = kappa;
    }
}

/* Points in turn differ in few angles, so the sines of the one before are kept. */
static void coefficients(Model *m, const double *angle, double *out) {
    double *sine = m->sine, *known = sine + m->k;
    for (int i = 0; i < m->k; i++)
        if (angle[i] != known[i]) known[i] = angle[i], sine[i] = sin(angle[i]);
    polynomial(sine, m->p, 1, out);
    polynomial(sine + m->p, m->q, -1, out + m->p);
    polynomial(sine + m->p + m->q, m->P, 1, out + m->p + m->q);
    polynomial(sine + m->p + m->q + m->P, m->Q, -1, out + m->p + m->q + m->P);
}

INLINE void expand(Model *m) {
    const lane *ar = m->c - 1, *ma = ar + m->p, *sar = ma + m->q, *sma = sar + m->P;
    int s = m->s;
    for (int i = 0; i <= m->r; i++) m->a[i] = m->b[i] = (lane){0};
    m->b[0] += 1.0;
    for (int i = 1; i <= m->p; i++) m->a[i] += ar[i];
    for (int i = 1; i <= m->q; i++) m->b[i] += ma[i];
    for (int j = 1; j <= m->P; j++) {
        m->a[s * j] += sar[j];
        for (int i = 1; i <= m->p; i++) m->a[i + s * j] -= ar[i] * sar[j];
    }
    for (int j = 1; j <= m->Q; j++) {
        m->b[s * j] += sma[j];
        for (int i = 1; i <= m->q; i++) m->b[i + s * j] += ma[i] * sma[j];
    }
    for (int j = 0; j < m->n_ar; j++) m->ar[j] = m->a[m->ar_lag[j]];
    for (int j = 0; j < m->n_ma; j++) m->ma[j] = m->b[m->ma_lag[j]];
}

/* ---- V, the covariance of what came before ------------------------------------------------------------------ */

/* Autocovariances of z, a(B)z = e: Durbin and Levinson's recursion down to degree 0, then up again. */
INLINE void autoregression(Model *m, int lags) {
    int d = m->ar_degree;
    lane one = (lane){0} + 1.0, v = one, *gamma = m->gamma_z;
    *m->bad = (lane){0};
#define DEGREE(n) (m->levinson + (n) * ((n) - 1) / 2 - 1) /* DEGREE(n)[i], i = 1..n */
    for (int i = 1; i <= d; i++) DEGREE(d)[i] = m->a[i];
    for (int n = d; n > 0; n--) {
        lane *from = DEGREE(n), *to = DEGREE(n - 1), kappa = from[n];
        lane rest = one - kappa * kappa;
        EACH(l) if (!(AT(rest, l) > NEAREST_UNIT_ROOT)) AT(*m->bad, l) = 2, AT(rest, l) = 1;
        m->kappa[n] = kappa;
        lane inverse = one / rest, turned = kappa * inverse;
        v *= inverse;
        for (int i = 1; i < n; i++) to[i] = from[i] * inverse + turned * from[n - i];
    }
    gamma[0] = v;
    for (int n = 1; n <= smaller(d, lags); n++) {
        const lane *below = DEGREE(n - 1), *back = gamma + n;
        lane sum = m->kappa[n] * v, two = (lane){0}, three = two, four = two;
        int i = 1;
        for (; i + 3 < n; i += 4) {
            sum += below[i] * back[-i], two += below[i + 1] * back[-i - 1];
            three += below[i + 2] * back[-i - 2], four += below[i + 3] * back[-i - 3];
        }
        for (; i < n; i++) sum += below[i] * back[-i];
        gamma[n] = (sum + two) + (three + four);
        v *= one - m->kappa[n] * m->kappa[n];
    }
    for (int n = d + 1; n <= lags; n++) {
        lane sum = (lane){0};
        for (int i = 0; i < m->n_ar; i++) sum += m->ar[i] * gamma[n - m->ar_lag[i]];
        gamma[n] = sum;
    }
#undef DEGREE
}

INLINE void presample(Model *m) {
    int r = m->r, lags = r + m->ma_degree, R = r + 1;
    autoregression(m, lags);
    for (int i = 0; i <= lags; i++) { /* E[w_{t+i} z_t], w = b(B)z */
        lane sum = m->gamma_z[i];
        for (int j = 0; j < m->n_ma; j++) sum += m->ma[j] * m->gamma_z[abs(i - m->ma_lag[j])];
        m->cross[i] = sum;
    }
    for (int i = 0; i <= r; i++) { /* autocovariances and ψ-weights of w */
        lane sum = m->cross[i], psi = m->b[i];
        for (int j = 0; j < m->n_ma; j++) sum += m->ma[j] * m->cross[i + m->ma_lag[j]];
        for (int j = 0; j < m->n_ar; j++)
            if (m->ar_lag[j] <= i) psi += m->ar[j] * m->psi[i - m->ar_lag[j]];
        m->gamma[i] = sum;
        m->psi[i] = psi;
    }
    for (int i = 0; i <= r; i++) { /* covariance of w_1 with u_i + b_i e_1 */
        lane sum = m->b[i];
        for (int j = 0; j < m->n_ar && m->ar_lag[j] > i; j++) sum += m->ar[j] * m->gamma[m->ar_lag[j] - i];
        for (int j = 0; j < m->n_ma && m->ma_lag[j] > i; j++) sum += m->ma[j] * m->psi[m->ma_lag[j] - i];
        m->first[i] = sum;
    }
    /* One month on, u_i = a_{i+1} w_1 + (u_{i+1} + b_{i+1} e_1), and V is the same: run up its diagonals. */
    lane *V = m->V;
    const lane *a = m->a, *b = m->b, *first = m->first, variance = m->gamma[0];
    for (int i = r; i > 0; i--) {
        lane own = a[i], shock = b[i], both = own * variance + first[i];
        for (int j = r; j >= i; j--) {
            lane v = V[i * R + j] + shock * b[j];
            if (i <= m->ar_degree) v += both * a[j] + own * first[j];
            V[(i - 1) * R + j - 1] = V[(j - 1) * R + i - 1] = v;
        }
    }
}

/* ---- The fast form ------------------------------------------------------------------------------------------ */

/* Forward pass over all columns and the impulse h beside them, seasonal factors first: Θ(Bˢ)v = Φ(Bˢ)w, θ(B)e = φ(B)v.
 * W ← eᵀe. */
INLINE void forward(Model *m, int C) {
    int S = C + 1, p = m->p, q = m->q, P = m->P, Q = m->Q, year = m->s * S, wide = m->s * C;
    const lane *ar = m->c - 1, *ma = ar + p, *sar = ma + q, *sma = sar + P;
    lane zero = (lane){0}, near = q ? ma[1] : zero, square = zero, y = zero, h = zero;
    for (int t = 0; t < m->N; t++) {
        const double *w = m->w + (size_t)(m->r + t) * C;
        lane *v = m->v + (size_t)(m->r + t) * S, *e = m->e + (size_t)(m->r + t) * S;
        lane new_y = zero + w[0], new_h = zero + (t == 0);
        for (int j = 1; j <= P; j++) new_y -= sar[j] * (w - j * wide)[0];
        for (int j = 1; j <= Q; j++) new_y -= sma[j] * (v - j * year)[0], new_h -= sma[j] * (v - j * year)[C];
        v[0] = new_y, v[C] = new_h;
        for (int i = 1; i <= p; i++) new_y -= ar[i] * (v - i * S)[0];
        for (int i = 2; i <= q; i++) new_y -= ma[i] * (e - i * S)[0], new_h -= ma[i] * (e - i * S)[C];
        e[0] = y = new_y - near * y, e[C] = h = new_h - near * h; /* lag 1 last and in registers: the only chain */
        square += y * y;
        for (int c = 1; c < C; c++) {
            lane x = zero + w[c];
            for (int j = 1; j <= P; j++) x -= sar[j] * (w - j * wide)[c];
            for (int j = 1; j <= Q; j++) x -= sma[j] * (v - j * year)[c];
            v[c] = x;
            for (int i = 1; i <= p; i++) x -= ar[i] * (v - i * S)[c];
            for (int i = q; i > 0; i--) x -= ma[i] * (e - i * S)[c];
            e[c] = x;
        }
    }
    m->W[0] = square;
    for (int c = 1; c < C; c++)
        for (int i = 0; i <= c; i++) {
            const lane *e = m->e + (size_t)m->r * S;
            lane even = zero, odd = zero;
            for (int t = 0; t + 1 < m->N; t += 2, e += 2 * S) even += e[i] * e[c], odd += e[S + i] * e[S + c];
            m->W[i * C + c] = even + odd + (m->N % 2 ? e[i] * e[c] : zero);
        }
}

/* Hᵀ applied to every column, in place. */
INLINE void backward(Model *m, int C) {
    int S = C + 1, q = m->q, Q = m->Q, year = m->s * S;
    const lane *ma = m->c + m->p - 1, *sma = ma + q + m->P;
    lane y = (lane){0}, h = y, near = q ? ma[1] : y;
    for (int t = m->N - 1; t >= 0 && q + Q; t--) {
        lane *v = m->v + (size_t)(m->r + t) * S, *e = m->e + (size_t)(m->r + t) * S, new_y = e[0], new_h = e[C];
        for (int j = 1; j <= Q; j++) new_y -= sma[j] * (v + j * year)[0], new_h -= sma[j] * (v + j * year)[C];
        v[0] = new_y, v[C] = new_h;
        for (int i = 2; i <= q; i++) new_y -= ma[i] * (e + i * S)[0], new_h -= ma[i] * (e + i * S)[C];
        e[0] = y = new_y - near * y, e[C] = h = new_h - near * h;
        for (int c = 1; c < C; c++) {
            lane x = e[c];
            for (int j = 1; j <= Q; j++) x -= sma[j] * (v + j * year)[c];
            v[c] = x;
            for (int i = q; i > 0; i--) x -= ma[i] * (e + i * S)[c];
            e[c] = x;
        }
    }
}

/* The passes for few columns compiled each on its own. */
#define EACH_WIDTH(pass) \
    switch (C) { \
    case 1: pass(m, 1); break; \
    case 2: pass(m, 2); break; \
    case 3: pass(m, 3); break; \
    case 4: pass(m, 4); break; \
    default: pass(m, C); \
    }

/* to[i·step] −= Σ_k rows[i·stride + k] y[k] and, unless z is NULL, the same with z beside it. Rows i < n, four at a time
 * to keep the pipes full: up to three more are worked on, whatever they hold. */
INLINE void take_products(lane *to, lane *beside, int step, const lane *rows, int stride, const lane *y, const lane *z,
                          int length, int n) {
    for (int i = 0; i < n; i += 4, rows += 4 * stride, to += 4 * step, beside += z ? 4 * step : 0) {
        lane s0 = to[0], s1 = to[step], s2 = to[2 * step], s3 = to[3 * step], t0 = s0, t1 = s1, t2 = s2, t3 = s3;
        if (z) t0 = beside[0], t1 = beside[step], t2 = beside[2 * step], t3 = beside[3 * step];
        for (int k = 0; k < length; k++) {
            lane r0 = rows[k], r1 = rows[stride + k], r2 = rows[2 * stride + k], r3 = rows[3 * stride + k];
            LOADED;
            s0 -= r0 * y[k], s1 -= r1 * y[k], s2 -= r2 * y[k], s3 -= r3 * y[k];
            if (z) t0 -= r0 * z[k], t1 -= r1 * z[k], t2 -= r2 * z[k], t3 -= r3 * z[k];
        }
        to[0] = s0, to[step] = s1, to[2 * step] = s2, to[3 * step] = s3;
        if (z) beside[0] = t0, beside[step] = t1, beside[2 * step] = t2, beside[3 * step] = t3;
    }
}

/* Mark the lanes in which a pivot is thin, where it becomes one. */
INLINE void check_pivot(Model *m, lane *pivot, const lane *least) {
    EACH(l) if (!(AT(*pivot, l) > AT(*least, l))) {
        AT(*m->bad, l) = larger(AT(*m->bad, l), 1);
        AT(*pivot, l) = 1;
    }
}

/* X = L D Lᵀ in place, from the lower triangle of its first n rows: D on the diagonal, L below it and, if `both`, Lᵀ
 * above. The C rows that follow, Y, become D⁻¹L⁻¹Y. Two columns at a time. */
INLINE void factor(Model *m, lane *X, int Z, int n, int both) {
    int all = n + m->C;
    lane *y = m->scaled, *z = y + n, *D = z + n, *least = m->least;
    for (int i = 0; i < n; i++) least[i] = THINNEST_PIVOT * X[i * Z + i];
    for (int j = 0; j < n; j += 2) {
        lane *row = X + j * Z, *next = row + Z;
        if (j + 1 == n) {
            for (int k = 0; k < j; k++) y[k] = row[k] * D[k];
            take_products(row + j, NULL, Z, row, Z, y, NULL, j, all - j);
            check_pivot(m, row + j, least + j);
            lane inverse = 1.0 / row[j];
            for (int i = n; i < all; i++) X[i * Z + j] *= inverse;
            return;
        }
        for (int k = 0; k < j; k++) y[k] = row[k] * D[k], z[k] = next[k] * D[k];
        take_products(row + j, row + j + 1, Z, row, Z, y, z, j, all - j);
        check_pivot(m, row + j, least + j);
        lane inverse = 1.0 / row[j], whole = next[j], link = whole * inverse;
        next[j] = row[j + 1] = link;
        next[j + 1] -= whole * link;
        check_pivot(m, next + j + 1, least + j + 1);
        lane other = 1.0 / next[j + 1];
        D[j] = row[j], D[j + 1] = next[j + 1];
        for (int i = j + 2; i < all; i++) {
            lane *here = X + i * Z + j, left = here[0] * inverse, right = (here[1] - here[0] * link) * other;
            here[0] = left, here[1] = right;
            if (both && i < n) row[i] = left, next[i] = right;
        }
    }
}

/* W ± YᵀDY, with D on the diagonal of X and Y in the rows that follow. */
INLINE void add_squares(Model *m, const lane *X, int n, double sign) {
    int C = m->C, Z = n + SPARE;
    const lane *Y = X + n * Z;
    for (int c = 0; c < C; c++)
        for (int i = 0; i <= c; i++) {
            lane sum = (lane){0};
            for (int k = 0; k < n; k++) sum += Y[i * Z + k] * Y[c * Z + k] * X[k * Z + k];
            m->W[i * C + c] += sign * sum;
        }
}

/* V ← K⁻ᵀVK⁻¹: by rows first, then by columns below the diagonal, which serve above it too. */
INLINE void unfilter(Model *m, int n, int free) {
    int R = m->r + 1, n_ma = m->n_ma;
    lane *V = m->V;
    if (!free || !n_ma) return;
    for (int i = 1; i < n; i++)
        for (int l = 0; l < n_ma; l++) {
            int from = i - m->ma_lag[l], columns = i < free ? n : i + 1;
            if (from < 0 || from >= free) continue;
            lane b = m->ma[l], *here = V + i * R, *past = V + from * R;
            for (int j = 0; j < columns; j++) here[j] -= b * past[j];
        }
    for (int j = 1; j < n; j++)
        for (int l = 0; l < n_ma; l++) {
            int from = j - m->ma_lag[l];
            if (from < 0 || from >= free) continue;
            lane b = m->ma[l], *here = V + j * R + j, *past = V + j * R + from;
            for (int i = j; i < n; i++, here += R, past += R) *here -= b * *past;
        }
    for (int i = 1; i < n; i++)
        for (int j = 0; j < i; j++) V[j * R + i] = V[i * R + j];
}

/* M = D⁻¹ + LᵀVL, its lower triangle, by way of T = −(VL)ᵀ from the diagonal on. Lᵀ and D are in G; of the free columns
 * L is the identity, and D one. */
INLINE void inner(Model *m, int n, int free) {
    int R = m->r + 1, Z = n + SPARE;
    lane *G = m->G, *T = m->T, *M = m->M;
    for (int j = 0; j < free; j++)
        for (int i = free; i < n; i++) T[j * Z + i] = -m->V[i * R + j];
    for (int j = free; j < n; j += 2) {
        lane *here = T + j * Z, *next = here + Z, *L = G + j * Z + j + 1, link = j + 1 < n ? L[0] : (lane){0};
        const lane *V = m->V + j * R + j;
        for (int i = j; i < n; i++, V += R) here[i] = -V[0] - V[1] * link, next[i] = -V[1];
        V = m->V + j * R + j + 2;
        if (j + 2 < n) take_products(here + j, next + j, 1, V, R, L + 1, L + Z + 1, n - j - 2, n - j);
    }
    for (int i = 0; i < free; i++)
        for (int j = 0; j <= i; j++) M[i * Z + j] = m->V[i * R + j];
    for (int i = free; i < n; i += 2) {
        lane *here = M + i * Z, *next = here + Z, *L = G + i * Z + i + 1, link = i + 1 < n ? L[0] : (lane){0};
        const lane *above = T + i;
        for (int j = 0; j <= i + 1; j++, above += Z) here[j] = -above[0] - above[1] * link, next[j] = -above[1];
        if (i + 2 < n) take_products(here, next, 1, T + i + 2, Z, L + 1, L + Z + 1, n - i - 2, i + 2);
    }
    for (int i = 0; i < n; i++) M[i * Z + i] += 1.0 / G[i * Z + i];
}

INLINE void fast_form(Model *m) {
    int C = m->C, S = C + 1, n = smaller(m->r, m->N), Z = n + SPARE, free = larger(n - m->ma_degree, 0);
    lane *x = m->e + (size_t)m->r * S, *G = m->G, *M = m->M, product = (lane){0} + 1.0;
    expand(m);
    presample(m);
    EACH_WIDTH(forward)
    for (int i = 1; i <= n; i++) m->tail[i] = x[(size_t)(m->N - i) * S + C];
    for (int c = 0; c < C; c++)
        for (int i = 0; i < free; i++) G[(n + c) * Z + i] = x[i * S + c];
    EACH_WIDTH(backward)
    for (int c = 0; c < C; c++)
        for (int i = free; i < n; i++) G[(n + c) * Z + i] = x[i * S + c];
    for (int i = 0; i < free; i++) G[i * Z + i] = (lane){0} + 1.0;
    for (int i = free; i < n; i++) {
        lane sum = x[(i - free) * S + C];
        for (int k = 1; k <= free; k++) sum -= m->tail[i - free + k] * m->tail[k];
        G[i * Z + free] = sum;
        for (int j = free + 1; j <= i; j++) G[i * Z + j] = G[(i - 1) * Z + j - 1] - m->tail[i] * m->tail[j];
    }
    factor(m, G + free * Z + free, Z, n - free, 1);
    unfilter(m, n, free);
    inner(m, n, free);
    for (int i = n * Z; i < (n + C) * Z; i++) M[i] = G[i];
    factor(m, M, Z, n, 0);
    *m->logdet = (lane){0};
    for (int i = 0; i < n; i++) { /* |G||M| = Π D_i M_i, each about one */
        product *= G[i * Z + i] * M[i * Z + i];
        if (i % 16 == 15 || i == n - 1) {
            EACH(l) AT(*m->logdet, l) += log(AT(product, l));
            product = (lane){0} + 1.0;
        }
    }
    lane before = m->W[0];
    if (n < m->N) add_squares(m, G, n, -1);
    else /* every equation has a pre-sample value of its own: the difference is zero, not rounding */
        for (int i = 0; i < C * C; i++) m->W[i] = (lane){0};
    add_squares(m, M, n, 1);
    EACH(l) if (n < m->N && !(AT(before, l) < WORST_CANCELLATION * AT(m->W[0], l)))
        AT(*m->bad, l) = larger(AT(*m->bad, l), 1);
}

/* ---- The Kalman form ----------------------------------------------------------------------------------------- */

/* P, the covariance of the state over σ², starts as V and lives in its place (upper triangle). */
INLINE void kalman_form(Model *m) {
    int C = m->C, r = m->r, R = r + 1;
    lane *P = m->V, *s = m->state, *K = m->gain, product = (lane){0} + 1.0;
    expand(m);
    presample(m);
    for (int i = 0; i < R * C; i++) s[i] = (lane){0};
    for (int i = 0; i < C * C; i++) m->W[i] = (lane){0};
    *m->logdet = (lane){0};
    for (int t = 0; t < m->N; t++) {
        const double *w = m->w + (size_t)(r + t) * C;
        EACH(l) if (AT(P[0], l) < 0) AT(P[0], l) = 0; /* rounding, where V is huge */
        lane F = P[0] + 1.0, inverse = 1.0 / F, *v = m->news;
        for (int i = 0; i < r; i++) K[i] = (P[i + 1] + m->b[i + 1]) * inverse;
        for (int c = 0; c < C; c++) {
            v[c] = w[c] - s[c];
            for (int i = 0; i < r; i++) s[i * C + c] = s[(i + 1) * C + c] + m->a[i + 1] * w[c] + K[i] * v[c];
            for (int i = 0; i <= c; i++) m->W[i * C + c] += v[i] * v[c] * inverse;
            if (m->innovations)
                EACH(l) m->innovations[((size_t)l * m->N + t) * C + c] = AT(v[c], l) * sqrt(AT(inverse, l));
        }
        for (int i = 0; i < r; i++) {
            lane shock = m->b[i + 1], known = F * K[i];
            for (int j = i; j < r; j++)
                P[i * R + j] = P[(i + 1) * R + j + 1] + shock * m->b[j + 1] - known * K[j];
        }
        product *= F;
        if (t % 8 == 7 || t == m->N - 1) {
            EACH(l) AT(*m->logdet, l) += log(AT(product, l));
            product = (lane){0} + 1.0;
        }
    }
}

/* ---- The log-likelihood ---------------------------------------------------------------------------------------- */

/* f = −log-likelihood at the best regression coefficients and σ², from W and log|Ω|: eliminate the pulses of missing
 * months, whose pivots count, then the regressors, whose do not. */
INLINE void concentrate(Model *m) {
    int C = m->C, n = m->N - m->gaps;
    lane *X = m->reduced;
    for (int i = 0; i < C * C; i++) X[i] = m->W[i];
    for (int j = 1; j < C; j++) {
        lane pivot = X[j * C + j];
        EACH(l) if (!(AT(pivot, l) > THINNEST_PIVOT * AT(m->W[j * C + j], l))) {
            AT(*m->bad, l) = larger(AT(*m->bad, l), 1);
            AT(pivot, l) = 1;
        }
        if (j <= m->gaps) EACH(l) AT(*m->logdet, l) += log(AT(pivot, l));
        lane inverse = 1.0 / pivot, top = X[j] * inverse;
        for (int c = j + 1; c < C; c++) {
            lane left = X[j * C + c] * inverse;
            X[c] -= X[j] * left;
            for (int i = j + 1; i <= c; i++) X[i * C + c] -= X[j * C + i] * left;
        }
        X[0] -= X[j] * top;
    }
    EACH(l) AT(*m->f, l) = 0.5 * (n * (log(2 * PI * AT(X[0], l) / n) + 1) + AT(*m->logdet, l));
}

enum { FAST, KALMAN, EITHER };

INLINE void evaluate(Model *m, int form) {
    lane bad = (lane){0};
    if (form != KALMAN) {
        fast_form(m);
        concentrate(m);
        bad = *m->bad;
    }
    int doubtful = 0;
    EACH(l) doubtful |= AT(bad, l) == 1 || (AT(bad, l) == 0 && !isfinite(AT(*m->f, l)));
    if (form == KALMAN || (form == EITHER && doubtful)) {
        kalman_form(m);
        concentrate(m);
    }
    EACH(l) if (AT(*m->bad, l) > 0 || !isfinite(AT(*m->f, l))) AT(*m->f, l) = INFINITY;
}

static void evaluate_baseline(Model *m, int form) { evaluate(m, form); }
#ifdef AVX2
AVX2 static void evaluate_avx2(Model *m, int form) { evaluate(m, form); }
#endif
static void (*evaluate_lanes)(Model *, int) = evaluate_baseline;

/* f at n points, each k angles, LANES at a time. */
static void values(Model *m, const double *angles, int n, double *f) {
    for (int first = 0; first < n; first += LANES) {
        EACH(l) {
            coefficients(m, angles + (size_t)smaller(first + l, n - 1) * m->k, m->one);
            for (int i = 0; i < m->k; i++) AT(m->c[i], l) = m->one[i];
        }
        evaluate_lanes(m, EITHER);
        EACH(l) if (first + l < n) f[first + l] = AT(*m->f, l);
    }
}

/* ---- The maximum ----------------------------------------------------------------------------------------------- */

/* One descent. The next point to look at is x + length·step. */
typedef struct {
    double *x, *g, *inverse, *step; /* angles (k), gradient (k), inverse Hessian (k, k), quasi-Newton step (k) */
    double f, slope, length;        /* slope = gᵀstep */
    int active, fresh, rounds, status;
} Run;

typedef struct {
    int n;                  /* runs */
    Run *run;
    double *points, *f;     /* room for a batch of angles and their values */
    double *y, *d, *Hy;     /* k each */
    double *hessian, *root; /* k² each */
    int *fixed;             /* k: MA angles held at the boundary */
    int known;              /* whether the first run starts from a minimum found before, where no other need arrive */
    int regular;            /* whether the last Hessian was positive definite */
    void *memory;
} Search;

static int search_open(Search *s, int k, int runs) {
    size_t batch = larger(larger(k * k + k, runs * (k + 1)), 8), per_run = 3 * k + k * k;
    size_t doubles = batch * (k + 1) + 3 * k + 2 * k * k + runs * per_run;
    memset(s, 0, sizeof *s);
    s->memory = calloc(1, runs * sizeof(Run) + doubles * sizeof(double) + (k + 1) * sizeof(int));
    if (!s->memory) return -1;
    s->n = runs;
    s->run = s->memory;
    double *next = (double *)(s->run + runs);
    s->points = next, next += batch * k;
    s->f = next, next += batch;
    s->y = next, next += k;
    s->d = next, next += k;
    s->Hy = next, next += k;
    s->hessian = next, next += k * k;
    s->root = next, next += k * k;
    for (Run *r = s->run; r < s->run + runs; r++) {
        r->x = next, r->g = next + k, r->step = next + 2 * k, r->inverse = next + 3 * k;
        next += per_run;
    }
    s->fixed = (int *)next;
    return 0;
}

static Run *lowest(Run *run, int n) {
    Run *best = run;
    for (Run *r = run; r < run + n; r++)
        if (r->f < best->f) best = r;
    return best;
}

static double dot(const double *x, const double *y, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

static void forget(Run *r, int k, int n) { /* the curvature that the arcsine transform leads to expect */
    for (int i = 0; i < k * k; i++) r->inverse[i] = i % (k + 1) ? 0 : 1.0 / n;
    r->fresh = 1;
}

static void start(Run *r, const double *x, int k) {
    if (x) memcpy(r->x, x, k * sizeof *x);
    memset(r->step, 0, k * sizeof *r->step);
    r->f = INFINITY, r->slope = 0, r->length = 1, r->active = 1, r->rounds = 0, r->status = STALLED;
}

/* BFGS on the inverse Hessian (Nocedal & Wright 2006, eq. 6.17), d and y the changes of angles and gradient. */
static void update(const Search *s, Run *r, int k) {
    const double *d = s->d, *y = s->y;
    double dy = dot(d, y, k), *Hy = s->Hy;
    if (!(dy > 1e-12 * sqrt(dot(d, d, k) * dot(y, y, k)))) return;
    for (int i = 0; i < k; i++) Hy[i] = dot(r->inverse + i * k, y, k);
    double scale = (1 + dot(y, Hy, k) / dy) / dy;
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) r->inverse[i * k + j] += scale * d[i] * d[j] - (Hy[i] * d[j] + d[i] * Hy[j]) / dy;
    r->fresh = 0;
}

/* The quasi-Newton step from here; the run rests where no more than `target` of log-likelihood seems left. */
static void aim(const Search *s, Run *r, int k, double target) {
    double longest = 0;
    for (int i = 0; i < k; i++) r->step[i] = s->fixed[i] ? 0 : -dot(r->inverse + i * k, r->g, k);
    r->slope = dot(r->g, r->step, k);
    if (!isfinite(r->slope) || -r->slope / 2 < target) {
        r->active = 0, r->status = isfinite(r->slope) ? CONVERGED : STALLED;
        r->slope = isfinite(r->slope) ? r->slope : 0;
        return;
    }
    for (int i = 0; i < k; i++) longest = fmax(longest, fabs(r->step[i]));
    r->length = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
}

/* What the values at x + length·step and, forward, beside it teach one run. */
static void learn(const Search *s, Run *r, int k, int N, const double *point, const double *f, double target) {
    if (!(f[0] < r->f + 1e-4 * r->length * r->slope)) {
        double fall = r->length * r->slope, shorter = -fall / (2 * (f[0] - r->f - fall)); /* least parabola */
        r->length *= isfinite(shorter) ? fmin(fmax(shorter, 0.1), 0.5) : 0.2;
        if (isfinite(r->f) && r->length > SHORTEST_STEP) return;
        if (!isfinite(r->f) || r->fresh) {
            r->active = 0;
            r->status = -r->slope / 2 < ROUGH ? CONVERGED : STALLED;
            return;
        }
        forget(r, k, N);
        aim(s, r, k, target);
        return;
    }
    int first = !isfinite(r->f);
    for (int i = 0; i < k; i++) {
        double g = s->fixed[i] ? 0 : (f[i + 1] - f[0]) / FORWARD_STEP;
        s->y[i] = g - r->g[i], s->d[i] = point[i] - r->x[i];
        r->g[i] = g, r->x[i] = point[i];
    }
    r->f = f[0];
    if (first) forget(r, k, N);
    else update(s, r, k);
    aim(s, r, k, target);
}

static double farthest(const double *x, const double *y, int k) {
    double apart = 0;
    for (int i = 0; i < k; i++) apart = fmax(apart, fabs(x[i] - y[i]));
    return apart;
}

/* All active runs in step, so that their points share the lanes: value and gradient at each run's next point. */
static void descend(Model *m, Search *s, double target) {
    int k = m->k, n;
    do {
        n = 0;
        for (Run *r = s->run; r < s->run + s->n; r++) {
            if (r->active && r->rounds++ >= MAX_ROUNDS) r->active = 0, r->status = EXHAUSTED;
            if (!r->active) continue;
            for (int i = 0; i <= k; i++, n++) {
                double *point = s->points + (size_t)n * k;
                for (int j = 0; j < k; j++) point[j] = r->x[j] + r->length * r->step[j];
                if (i) point[i - 1] += FORWARD_STEP;
            }
        }
        values(m, s->points, n, s->f);
        const double *point = s->points, *f = s->f;
        for (Run *r = s->run; r < s->run + s->n; r++) {
            if (!r->active) continue;
            learn(s, r, k, m->N, point, f, target);
            if (s->known && r != s->run && farthest(r->x, s->run->x, k) <= BESIDE) r->active = 0;
            point += (k + 1) * k, f += k + 1;
        }
    } while (n);
}

/* Gradient and Hessian by central differences; in a pair of angles
 * f(++) + f(−−) + 2f − f(+·) − f(−·) − f(·+) − f(·−) over 2h². */
static void curvature(Model *m, Search *s, Run *r) {
    int k = m->k, n = 0;
    const double h = CENTRAL_STEP;
    for (int i = 0; i < 2 * k; i++) {
        memcpy(s->points + i * k, r->x, k * sizeof *r->x);
        s->points[i * k + i / 2] += i % 2 ? -GRADIENT_STEP : GRADIENT_STEP;
    }
    values(m, s->points, 2 * k, s->f);
    for (int i = 0; i < k; i++) r->g[i] = s->fixed[i] ? 0 : (s->f[2 * i] - s->f[2 * i + 1]) / (2 * GRADIENT_STEP);
    for (int i = 0; i < k; i++)
        for (int j = i; j < k; j++)
            for (int sign = 1; sign >= -1; sign -= 2, n++) {
                double *point = s->points + (size_t)n * k;
                memcpy(point, r->x, k * sizeof *point);
                point[i] += sign * h;
                if (j > i) point[j] += sign * h;
            }
    values(m, s->points, n, s->f);
#define PAIR(i, j) (s->f + 2 * ((i) * k - (i) * ((i) + 1) / 2 + (j)))
    for (int i = 0; i < k; i++) {
        const double *a = PAIR(i, i);
        for (int j = i; j < k; j++) {
            const double *both = PAIR(i, j), *b = PAIR(j, j);
            double second = (both[0] + both[1] - 2 * r->f) / (h * h);
            if (j > i) second = (both[0] + both[1] + 2 * r->f - a[0] - a[1] - b[0] - b[1]) / (2 * h * h);
            if (s->fixed[i] || s->fixed[j] || !isfinite(second)) second = i == j;
            s->hessian[i * k + j] = s->hessian[j * k + i] = second;
        }
    }
#undef PAIR
}

/* r->inverse ← Hessian⁻¹ by Cholesky; 0 where the Hessian is not positive definite. */
static int invert(Search *s, Run *r, int k) {
    double *L = s->root;
    for (int i = 0; i < k; i++)
        for (int j = 0; j <= i; j++) {
            double sum = s->hessian[i * k + j] - dot(L + i * k, L + j * k, j);
            if (i == j && !(sum > 1e-8 * fabs(s->hessian[i * k + i]))) return 0;
            L[i * k + j] = i == j ? sqrt(sum) : sum / L[j * k + j];
        }
    for (int c = 0; c < k; c++) {
        double *column = r->inverse + c * k; /* symmetric: a row serves as the column */
        for (int i = 0; i < k; i++) column[i] = ((i == c) - dot(L + i * k, column, i)) / L[i * k + i];
        for (int i = k - 1; i >= 0; i--) {
            for (int j = i + 1; j < k; j++) column[i] -= L[j * k + i] * column[j];
            column[i] /= L[i * k + i];
        }
    }
    return 1;
}

/* Move to the lowest of n points in s->points if it is lower by more than `least`. */
static int move(Model *m, Search *s, Run *r, int n, double least) {
    int k = m->k, pick = -1;
    double lowest = r->f - least;
    values(m, s->points, n, s->f);
    for (int i = 0; i < n; i++)
        if (s->f[i] < lowest) lowest = s->f[i], pick = i;
    if (pick < 0) return 0;
    memcpy(r->x, s->points + (size_t)pick * k, k * sizeof *r->x);
    r->f = lowest;
    return 1;
}

/* Newton's step, or a part of it. */
static void newton(Model *m, Search *s, Run *r) {
    static const double length[4] = {1, 0.5, 0.2, 0.05};
    for (int i = 0; i < 4 * m->k; i++) s->points[i] = r->x[i % m->k] + length[i / m->k] * r->step[i % m->k];
    move(m, s, r, 4, 0);
}

/* Where the Hessian is not positive definite: a look both ways along its least curvature, found by powers of c − H. */
static int look_around(Model *m, Search *s, Run *r) {
    static const double far[8] = {0.02, -0.02, 0.1, -0.1, 0.3, -0.3, 1, -1}; /* radians */
    int k = m->k;
    double *v = s->d, *next = s->y, c = 0;
    for (int i = 0; i < k; i++) {
        double row = 0;
        for (int j = 0; j < k; j++) row += fabs(s->hessian[i * k + j]);
        c = fmax(c, row);
        v[i] = 1.0 / (i + 1);
    }
    for (int power = 0; power < 200; power++) {
        for (int i = 0; i < k; i++) next[i] = s->fixed[i] ? 0 : c * v[i] - dot(s->hessian + i * k, v, k);
        double length = sqrt(dot(next, next, k));
        for (int i = 0; i < k; i++) v[i] = length > 0 ? next[i] / length : 0;
    }
    for (int i = 0; i < 8 * k; i++) s->points[i] = r->x[i % k] + far[i / k] * v[i % k];
    return move(m, s, r, 8, NEGLIGIBLE);
}

/* An MA angle near ±π/2 goes all the way where nothing is lost: a unit root, where a Hessian means nothing. The
 * likelihood is level there whether it is highest or not, so some way inside is looked at too; 1 where that is higher. */
static int settle(Model *m, Search *s, Run *r) {
    static const double inside[8] = {0, 0.03, 0.06, 0.12, 0.18, 0.25, 0.35, 0.5}; /* radians */
    int k = m->k, moved = 0;
    for (int i = 0; i < k; i++) r->x[i] = asin(sin(r->x[i]));
    for (int i = 0; i < k; i++) {
        int moving_average = (i >= m->p && i < m->p + m->q) || i >= m->p + m->q + m->P;
        if (!moving_average || s->fixed[i] || cos(r->x[i]) > NEAR_BOUNDARY) continue;
        for (int j = 0; j < 8; j++) {
            memcpy(s->points + j * k, r->x, k * sizeof *r->x);
            s->points[j * k + i] = copysign(PI / 2 - inside[j], r->x[i]);
        }
        double before = r->f;
        if (move(m, s, r, 8, NEGLIGIBLE) && fabs(r->x[i]) < PI / 2) {
            moved = 1;
        } else if (s->f[0] <= before + NEGLIGIBLE) {
            r->x[i] = copysign(PI / 2, r->x[i]);
            r->f = s->f[0];
            s->fixed[i] = 1;
        }
    }
    return moved;
}

/* The rest of the way, then Newton's steps with the true Hessian, which also check that the search was right. */
static int finish(Model *m, Search *s, Run *r) {
    int k = m->k;
    r->active = r->status != STALLED;
    aim(s, r, k, FINE);
    for (int round = 0; round < 12; round++) {
        descend(m, s, FINE);
        if (settle(m, s, r)) {
            start(r, NULL, k);
            continue;
        }
        curvature(m, s, r);
        s->regular = invert(s, r, k);
        if (!s->regular) {
            if (!look_around(m, s, r)) return r->status == CONVERGED ? FLAT : r->status;
            start(r, NULL, k);
            continue;
        }
        r->active = 1;
        aim(s, r, k, NOTHING);
        if (!r->active) break;
        r->active = 0;
        newton(m, s, r);
        if (-r->slope / 2 < FINE) {
            r->status = CONVERGED;
            break;
        }
        start(r, NULL, k);
    }
    for (int i = 0; i < k; i++)
        if (s->fixed[i] && r->status == CONVERGED) return BOUNDARY;
    return r->status;
}

/* Standard errors of the coefficients, √diag(J H⁻¹ Jᵀ) with J their derivatives by the angles; NaN where there are
 * none: at the boundary, or where the Hessian is singular. */
static void standard_errors(Model *m, Search *s, const Run *r, double *errors) {
    int k = m->k;
    double *J = s->root, *ahead = s->y, *behind = s->d, *x = s->Hy;
    memcpy(x, r->x, k * sizeof *x);
    for (int a = 0; a < k; a++) {
        x[a] = r->x[a] + CENTRAL_STEP;
        coefficients(m, x, ahead);
        x[a] = r->x[a] - CENTRAL_STEP;
        coefficients(m, x, behind);
        x[a] = r->x[a];
        for (int i = 0; i < k; i++) J[i * k + a] = s->fixed[a] ? 0 : (ahead[i] - behind[i]) / (2 * CENTRAL_STEP);
    }
    for (int i = 0; i < k; i++) {
        double variance = 0;
        for (int a = 0; a < k; a++) variance += J[i * k + a] * dot(r->inverse + a * k, J + i * k, k);
        errors[i] = s->regular && variance > 0 ? sqrt(variance) : NAN;
    }
}

/* The series less its regression at the coefficients x, as another model's only column: a series whose likelihood
 * has the same maxima, at a fraction of the cost. Back substitution in what `concentrate` left in the first lane. */
static void without_regressors(Model *m, const double *x, Model *alone) {
    int C = m->C;
    double f;
    values(m, x, 1, &f);
    for (int j = C - 1; j > 0; j--) {
        double sum = AT(m->reduced[j], 0);
        for (int c = j + 1; c < C; c++) sum -= AT(m->reduced[j * C + c], 0) * m->beta[c];
        m->beta[j] = sum / AT(m->reduced[j * C + j], 0);
    }
    for (int t = 0; t < m->N; t++) {
        const double *row = m->w + (size_t)(m->r + t) * C;
        alone->w[m->r + t] = row[0] - dot(row + 1, m->beta + 1, C - 1);
    }
}

/* The lowest of n rough runs, after those that could still beat it, and are not merely beside a lower one, went on. */
static Run *winner(Model *m, Search *s, Run *run, int n) {
    int k = m->k;
    const Run *best = lowest(run, n);
    for (Run *r = run; r < run + n && isfinite(best->f); r++) {
        double nearest = r->f < best->f + CONTENDER ? INFINITY : 0;
        for (const Run *other = run; other < run + n; other++) {
            if (other->f < r->f || (other->f == r->f && other < r))
                nearest = fmin(nearest, farthest(r->x, other->x, k));
        }
        r->active = nearest > BESIDE && r->status != STALLED;
    }
    for (Run *r = run; r < run + n; r++)
        if (r->active) aim(s, r, k, FINE);
    descend(m, s, FINE);
    return lowest(run, n);
}

/* Every start down to where it shows its worth, then the best all the way. With regressors the first start alone
 * is followed with them; the others without, their best again with. Where the first start is a minimum `known` before,
 * and no other ends lower, nothing more is done. */
static Run *maximise(Model *m, Model *alone, Search *s, const double *starts, int known) {
    int k = m->k, together = alone ? 1 : s->n;
    memset(s->fixed, 0, k * sizeof *s->fixed);
    s->regular = 0, s->known = known;
    for (int i = 0; i < together; i++) start(s->run + i, starts + (size_t)i * k, k);
    descend(m, s, ROUGH);
    Run *best = winner(m, s, s->run, together);
    if (alone && s->n > 1 && isfinite(best->f)) {
        without_regressors(m, best->x, alone);
        for (int i = 1; i < s->n; i++) start(s->run + i, starts + (size_t)i * k, k);
        descend(alone, s, ROUGH);
        Run *rival = winner(alone, s, s->run + 1, s->n - 1);
        start(rival, NULL, k);
        descend(m, s, FINE);
        if (rival->f < best->f) best = rival;
    }
    s->known = 0;
    if (known && best == s->run) best->status = KNOWN;
    else best->status = isfinite(best->f) ? finish(m, s, best) : STALLED;
    return best;
}

/* ---- Python ------------------------------------------------------------------------------------------------------ */

typedef struct {
    Py_buffer view[12];
    int held;
} Buffers;

/* The next buffer, with exactly `count` items of `size` bytes; NULL with an exception otherwise. */
static void *take(Buffers *b, PyObject *object, Py_ssize_t count, Py_ssize_t size, int writable) {
    Py_buffer *view = b->view + b->held;
    if (PyObject_GetBuffer(object, view, writable ? PyBUF_CONTIG : PyBUF_CONTIG_RO) < 0) return NULL;
    b->held++;
    if (view->len != count * size) {
        PyErr_Format(PyExc_ValueError, "buffer %d has %zd bytes, expected %zd", b->held, view->len, count * size);
        return NULL;
    }
    return view->buf;
}

static void release(Buffers *b) {
    while (b->held) PyBuffer_Release(b->view + --b->held);
}

static int sane(const int orders[5], int N, int C, int gaps) {
    for (int i = 0; i < 4; i++)
        if (orders[i] < 0 || orders[i] > 1000) return 0;
    return orders[4] >= 1 && orders[4] <= 1000 && N >= 1 && C >= 1 && gaps >= 0 && gaps < C;
}

static void load(Model *m, const double *series, const double *rest) {
    for (int t = 0; t < m->N; t++) {
        double *row = m->w + (size_t)(m->r + t) * m->C;
        row[0] = series[t];
        if (m->C > 1) memcpy(row + 1, rest + (size_t)t * (m->C - 1), (m->C - 1) * sizeof *row);
    }
}

static const char fit_doc[] =
    "fit(orders, shape, series, rest, starts, angles, coefficients, errors, loglike, cross, hessian, status)\n\n"
    "Maximise the likelihood of each of `draws` series. orders = (p, q, P, Q, s); shape =\n"
    "(draws, N, C, gaps, starts, known), known 1 where the first start is a maximum found before: where no other\n"
    "start leads higher the search ends there, status 5, without errors.\n"
    "series (draws, N), rest (N, C − 1) and starts (starts, k), in angles, are read; angles (draws, k),\n"
    "coefficients and their standard errors (draws, k), loglike (draws), cross (draws, C, C), hessian (draws, k, k),\n"
    "zero in rows of angles held at the boundary, and status (draws, int32) are filled.";

static PyObject *py_fit(PyObject *self, PyObject *args) {
    int orders[5], draws, N, C, gaps, n_starts, known;
    PyObject *o[10];
    (void)self;
    if (!PyArg_ParseTuple(args, "(iiiii)(iiiiii)OOOOOOOOOO", orders, orders + 1, orders + 2, orders + 3, orders + 4,
                          &draws, &N, &C, &gaps, &n_starts, &known, o, o + 1, o + 2, o + 3, o + 4, o + 5, o + 6, o + 7,
                          o + 8, o + 9))
        return NULL;
    if (!sane(orders, N, C, gaps) || draws < 1 || n_starts < 1 || known < 0 || known > 1) {
        PyErr_SetString(PyExc_ValueError, "orders or shape out of range");
        return NULL;
    }
    Buffers held = {.held = 0};
    Model m = {0}, alone = {0};
    Search s = {0};
    PyObject *result = NULL;
    Py_ssize_t k = orders[0] + orders[1] + orders[2] + orders[3], D = sizeof(double);
    double *series, *rest, *starts, *angles, *coefficient, *errors, *loglike, *cross, *hessian;
    int32_t *status;
    if (!(series = take(&held, o[0], (Py_ssize_t)draws * N, D, 0))) goto done;
    if (!(rest = take(&held, o[1], (Py_ssize_t)N * (C - 1), D, 0))) goto done;
    if (!(starts = take(&held, o[2], n_starts * k, D, 0))) goto done;
    if (!(angles = take(&held, o[3], draws * k, D, 1))) goto done;
    if (!(coefficient = take(&held, o[4], draws * k, D, 1))) goto done;
    if (!(errors = take(&held, o[5], draws * k, D, 1))) goto done;
    if (!(loglike = take(&held, o[6], draws, D, 1))) goto done;
    if (!(cross = take(&held, o[7], (Py_ssize_t)draws * C * C, D, 1))) goto done;
    if (!(hessian = take(&held, o[8], draws * k * k, D, 1))) goto done;
    if (!(status = take(&held, o[9], draws, sizeof(int32_t), 1))) goto done;
    if (model_open(&m, orders, N, C, gaps) < 0 || search_open(&s, (int)k, n_starts) < 0 ||
        (C > 1 && model_open(&alone, orders, N, 1, 0) < 0)) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    for (int d = 0; d < draws; d++) {
        load(&m, series + (size_t)d * N, rest);
        Run *best = maximise(&m, C > 1 ? &alone : NULL, &s, starts, known);
        values(&m, best->x, 1, loglike + d);
        loglike[d] = -loglike[d];
        status[d] = best->status;
        memcpy(angles + d * k, best->x, k * D);
        coefficients(&m, best->x, coefficient + d * k);
        standard_errors(&m, &s, best, errors + d * k);
        for (int i = 0; i < k * k; i++)
            hessian[d * k * k + i] = s.fixed[i / k] || s.fixed[i % k] ? 0 : s.hessian[i];
        for (int i = 0; i < C * C; i++) cross[(size_t)d * C * C + i] = AT(m.W[i], 0);
    }
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    free(alone.memory);
    free(m.memory);
    free(s.memory);
    release(&held);
    return result;
}

static const char evaluate_doc[] =
    "evaluate(orders, shape, series, rest, coefficients, loglike, cross, innovations, state, covariance)\n\n"
    "Evaluate one series at `points` coefficient vectors. shape = (N, C, gaps, points, form), form 0 fast, 1 Kalman,\n"
    "2 fast where it keeps its digits. loglike (points) and cross (points, C, C) are filled; from the Kalman form also\n"
    "innovations (points, N, C), and state (points, r, C) with covariance (points, r, r), unless they are None.";

static PyObject *py_evaluate(PyObject *self, PyObject *args) {
    int orders[5], N, C, gaps, points, form;
    PyObject *o[8];
    (void)self;
    if (!PyArg_ParseTuple(args, "(iiiii)(iiiii)OOOOOOOO", orders, orders + 1, orders + 2, orders + 3, orders + 4, &N,
                          &C, &gaps, &points, &form, o, o + 1, o + 2, o + 3, o + 4, o + 5, o + 6, o + 7))
        return NULL;
    if (!sane(orders, N, C, gaps) || points < 1) {
        PyErr_SetString(PyExc_ValueError, "orders or shape out of range");
        return NULL;
    }
    Buffers held = {.held = 0};
    Model m = {0};
    PyObject *result = NULL;
    Py_ssize_t k = orders[0] + orders[1] + orders[2] + orders[3], D = sizeof(double), whole = (Py_ssize_t)N * C;
    double *series, *rest, *coefficient, *loglike, *cross, *innovations = NULL, *state = NULL, *covariance = NULL;
    double *room = NULL;
    if (model_open(&m, orders, N, C, gaps) < 0) {
        PyErr_NoMemory();
        goto done;
    }
    Py_ssize_t r = m.r;
    int whiten = o[5] != Py_None, end = o[6] != Py_None && o[7] != Py_None;
    if (!(series = take(&held, o[0], N, D, 0))) goto done;
    if (!(rest = take(&held, o[1], (Py_ssize_t)N * (C - 1), D, 0))) goto done;
    if (!(coefficient = take(&held, o[2], points * k, D, 0))) goto done;
    if (!(loglike = take(&held, o[3], points, D, 1))) goto done;
    if (!(cross = take(&held, o[4], (Py_ssize_t)points * C * C, D, 1))) goto done;
    if (whiten && !(innovations = take(&held, o[5], points * whole, D, 1))) goto done;
    if (end && !(state = take(&held, o[6], points * r * C, D, 1))) goto done;
    if (end && !(covariance = take(&held, o[7], points * r * r, D, 1))) goto done;
    if (whiten && !(room = malloc(LANES * whole * D))) {
        PyErr_NoMemory();
        goto done;
    }
    if (whiten || end) form = KALMAN;
    Py_BEGIN_ALLOW_THREADS
    load(&m, series, rest);
    m.innovations = room;
    for (int first = 0; first < points; first += LANES) {
        EACH(l) for (int i = 0; i < k; i++) AT(m.c[i], l) = coefficient[smaller(first + l, points - 1) * k + i];
        evaluate_lanes(&m, form);
        EACH(l) {
            int d = first + l;
            if (d >= points) break;
            loglike[d] = -AT(*m.f, l);
            for (int i = 0; i < C * C; i++) cross[(size_t)d * C * C + i] = AT(m.W[i], l);
            if (whiten) memcpy(innovations + d * whole, room + l * whole, whole * D);
            if (!end) continue;
            for (int i = 0; i < r * C; i++) state[d * r * C + i] = AT(m.state[i], l);
            for (int i = 0; i < r; i++)
                for (int j = i; j < r; j++)
                    covariance[(d * r + i) * r + j] = covariance[(d * r + j) * r + i] = AT(m.V[i * (r + 1) + j], l);
        }
    }
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    free(room);
    free(m.memory);
    release(&held);
    return result;
}

static PyObject *py_variant(PyObject *self, PyObject *args) {
    const char *name = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "|s", &name)) return NULL;
    if (name) evaluate_lanes = evaluate_baseline;
#ifdef AVX2
    if (name && !strcmp(name, "avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        evaluate_lanes = evaluate_avx2;
#endif
    return PyUnicode_FromString(evaluate_lanes == evaluate_baseline ? "baseline" : "avx2");
}

static PyMethodDef methods[] = {
    {"fit", py_fit, METH_VARARGS, fit_doc},
    {"evaluate", py_evaluate, METH_VARARGS, evaluate_doc},
    {"variant", py_variant, METH_VARARGS, "variant(name=None)\n\nChoose \"avx2\" or \"baseline\"; return the one in use."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", "Exact seasonal ARMA likelihood and its maximum.",
                                    -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) {
#ifdef AVX2
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) evaluate_lanes = evaluate_avx2;
#endif
    return PyModule_Create(&module);
}
