// Draws every figure of the page in the page's own colours, light or dark, and again when the reader changes them.
(() => {
  'use strict';

  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const drawn = new Map();

  const look = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // Figures name roles; the style sheet knows their colours.
  const theme = () => {
    const font = look('sans');
    const text = { labelColor: look('quiet'), titleColor: look('ink'), labelFont: font, titleFont: font, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 };
    return {
      background: 'transparent',
      font,
      padding: { left: 4, right: 12, top: 4, bottom: 4 },
      view: { stroke: null },
      range: {
        category: [1, 2, 3, 4, 5, 6].map(number => look(`category-${number}`)),
        heatmap: [look('heat-low'), look('heat-high')],
      },
      axis: { ...text, gridColor: look('grid'), domainColor: look('axis'), tickColor: look('axis'), titlePadding: 8, labelFlush: false, labelOverlap: 'greedy' },
      axisX: { grid: false, tickCount: { expr: 'max(3, round(width / 80))' } },
      axisY: { domain: false, ticks: false, tickCount: 5, labelPadding: 6 },
      legend: { ...text, labelColor: look('ink'), symbolStrokeWidth: 2, symbolSize: 90, symbolType: 'stroke', labelLimit: 320, offset: 6, columnPadding: 14, rowPadding: 4, layout: { top: { direction: 'vertical', anchor: 'start', margin: 4 } } },
      style: {
        histogram: { color: look('category-1'), fillOpacity: 0.32, stroke: look('category-1'), strokeWidth: 0.75, strokeOpacity: 0.7 },
        mean: { strokeWidth: 2.25 },
        curve: { color: look('category-1'), strokeWidth: 2 },
        ray: { strokeWidth: 1.75 },
        flip: { filled: true, size: 120, opacity: 1, stroke: look('surface'), strokeWidth: 1 },
        measured: { filled: false, size: 60, opacity: 1, strokeWidth: 1.75 },
        reported: { filled: false, size: 220, opacity: 1, strokeWidth: 2 },
        image: { filled: true, size: 26, opacity: 0.55 },
        law: { color: look('ink'), strokeWidth: 1.75 },
        zero: { color: look('axis'), strokeWidth: 1.25 },
        measured: { color: look('category-1'), strokeWidth: 2 },
        prediction: { color: look('category-1'), strokeWidth: 1.75 },
        reference: { color: look('axis'), strokeWidth: 1.5 },
        interval: { color: look('category-1'), strokeWidth: 1.5, opacity: 0.75 },
        dot: { color: look('category-1'), filled: true, size: 70, opacity: 1, stroke: look('surface'), strokeWidth: 1 },
        open: { color: look('category-1'), filled: false, size: 70, opacity: 1, strokeWidth: 1.75 },
        seed: { color: look('category-1'), filled: false, size: 55, opacity: 0.85, strokeWidth: 1.5 },
        crossing: { color: look('category-1'), orient: 'vertical', thickness: 2.5, size: 16, opacity: 1 },
        tile: { stroke: look('surface'), strokeWidth: 1 },
        'tile-low': { color: look('heat-ink-low'), fontSize: 11 },
        'tile-high': { color: look('heat-ink-high'), fontSize: 11 },
        threshold: { color: look('heat-line'), strokeWidth: 2.5 },
        'threshold-halo': { color: look('heat-halo'), strokeWidth: 6, opacity: 0.85 },
        'threshold-point': { color: look('heat-line'), filled: true, shape: 'diamond', size: 130, opacity: 1, stroke: look('heat-halo'), strokeWidth: 1.5 },
      },
    };
  };

  // The menu saves the figure itself; whoever wants to draw it otherwise saves what it was drawn from.
  const offerSpecification = (plot, name, text) => {
    const link = document.createElement('a');
    link.textContent = 'Save specification';
    link.download = `onestep-${name}.vl.json`;
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    plot.querySelector('.vega-actions').append(link);
  };

  const draw = async plot => {
    const name = plot.dataset.figure;
    const text = document.getElementById(`${name}-specification`).textContent;
    const specification = JSON.parse(text);
    drawn.get(name)?.finalize();
    drawn.set(name, await vegaEmbed(plot, specification, {
      renderer: 'svg',
      // Expressions are interpreted, not compiled, so that the page may forbid code made from text.
      ast: true,
      config: theme(),
      actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
      downloadFileName: `onestep-${name}`,
      scaleFactor: { png: 3 },
      tooltip: { theme: darkness.matches ? 'dark' : 'light' },
      i18n: { CLICK_TO_VIEW_ACTIONS: 'Save this figure' },
    }));
    offerSpecification(plot, name, text);
  };

  const drawAll = async () => {
    const root = document.documentElement;
    const scheme = darkness.matches ? 'dark' : 'light';
    await Promise.all([...document.querySelectorAll('[data-figure]')].map(plot => draw(plot).catch(error => {
      plot.textContent = 'This figure could not be drawn.';
      console.error(error);
    })));
    // Printing is always on white: the style sheet turns figures drawn for dark around.
    root.dataset.drawn = scheme;
  };

  darkness.addEventListener('change', drawAll);
  drawAll();
})();
