// Linear algebra of small matrices, each a list of rows.
desk.linear = (() => {
  // x of A·x = b for a small matrix, by elimination with the largest pivot.
  function solve(matrix, right) {
    const a = matrix.map((row, i) => [...row, right[i]]), n = a.length;
    for (let k = 0; k < n; k++) {
      const pivot = a.slice(k).reduce((best, row, i) => (Math.abs(row[k]) > Math.abs(a[best][k]) ? k + i : best), k);
      [a[k], a[pivot]] = [a[pivot], a[k]];
      for (let i = k + 1; i < n; i++) {
        const factor = a[i][k] / a[k][k];
        for (let j = k; j <= n; j++) a[i][j] -= factor * a[k][j];
      }
    }
    const x = new Array(n).fill(0);
    for (let i = n - 1; i >= 0; i--) {
      x[i] = (a[i][n] - x.reduce((total, value, j) => total + (j > i ? a[i][j] * value : 0), 0)) / a[i][i];
    }
    return x;
  }

  // Eigenvalues and eigenvectors (columns) of a symmetric matrix, by rotations of Jacobi.
  function eigen(symmetric) {
    const a = symmetric.map((row) => [...row]), n = a.length;
    const axes = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
    for (let sweep = 0; sweep < 60; sweep++) {
      let turned = false;
      for (let p = 0; p < n - 1; p++) {
        for (let q = p + 1; q < n; q++) turned = rotated(a, axes, p, q) || turned;
      }
      if (!turned) break;
    }
    return { values: a.map((row, i) => row[i]), axes };
  }

  // Turn the plane of two coordinates until their entry is nothing beside its diagonal; false where it was so already.
  function rotated(a, axes, p, q) {
    if (Math.abs(a[p][q]) <= 1e-17 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) return false;
    const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1)), c = 1 / Math.hypot(t, 1), s = t * c;
    const turn = (row, i, j) => { [row[i], row[j]] = [c * row[i] - s * row[j], s * row[i] + c * row[j]]; };
    a.forEach((row) => turn(row, p, q));
    [a[p], a[q]] = [a[p].map((v, k) => c * v - s * a[q][k]), a[q].map((v, k) => s * a[p][k] + c * v)];
    axes.forEach((row) => turn(row, p, q));
    return true;
  }

  return { solve, eigen };
})();
