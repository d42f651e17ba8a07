// Draws the charts that come into view, with what the server says is to be drawn.
{
  const EVERY_MS = 60_000;
  const NAMED_IN_TIP = 10;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const drawn = new Map();
  const loading = new Map();

  /** What is overtaken is dropped: it may be of another size. */
  async function load(figure, isByPage) {
    loading.get(figure)?.abort();
    const asking = new AbortController();
    loading.set(figure, asking);
    try {
      const options = await ask(figure, isByPage, asking.signal);
      if (options !== undefined) {
        draw(figure, options);
        say(figure, '');
      }
    } catch (error) {
      // What is shown stays: the page says above that the connection is lost.
      if (!asking.signal.aborted) {
        say(figure, drawn.has(figure) ? '' : `No chart: ${error.message}`);
      }
    }
    if (!asking.signal.aborted) {
      loading.delete(figure);
    }
  }

  async function ask(figure, isByPage, signal) {
    const { clientWidth: width, clientHeight: height } = figure.querySelector('.canvas');
    const url = new URL(figure.dataset.chart, location.origin);
    const look = { look: dark.matches ? 'dark' : 'light', width, height, ...(isByPage ? { by: 'page' } : {}) };
    for (const [name, value] of Object.entries(look)) {
      url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
    if (response.status === 401) {
      location.reload(); // The page says then why, in words.
      return;
    }
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.problem);
    }
    return answer;
  }

  function draw(figure, options) {
    const canvas = figure.querySelector('.canvas');
    const chart = echarts.getInstanceByDom(canvas) ?? echarts.init(canvas, null, { renderer: 'canvas' });
    const hidden = chart.getOption()?.legend?.[0]?.selected;
    chart.setOption(
      { ...options, backgroundColor: 'transparent', tooltip: tooltip(options, figure.dataset.zone) },
      true,
    );
    for (const [name, isShown] of Object.entries(hidden ?? {})) {
      chart.dispatchAction({ type: isShown ? 'legendSelect' : 'legendUnSelect', name });
    }
    drawn.set(figure, chart);
  }

  /** Drawn on the canvas: as markup it would need inline styles, which the page forbids. */
  function tooltip({ tooltip: asked, yAxis, textStyle, legend }, timeZone) {
    const background = getComputedStyle(document.body).getPropertyValue('--card').trim();
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    const unit = yAxis?.axisLabel?.formatter ?? '{value}';
    const digits = (value) => (Math.abs(value) < 10 ? 2 : 1);
    const inWords = (value) => unit.replace('{value}', String(Number(value.toFixed(digits(value)))));
    return {
      ...asked,
      renderMode: 'richText',
      backgroundColor: background,
      textStyle: { color: textStyle?.color, fontSize: 12 },
      formatter(points) {
        const known = points.filter(({ seriesName, value }) => legend.data.includes(seriesName) && value?.[1] != null);
        const worst = known.toSorted((one, other) => other.value[1] - one.value[1]);
        const lines = worst
          .slice(0, NAMED_IN_TIP)
          .map(({ seriesName, value }) => `${seriesName}  ${inWords(value[1])}`);
        const left = worst.length - lines.length;
        return [format.format(points[0]?.axisValue), ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
      },
    };
  }

  function say(figure, words) {
    figure.querySelector('figcaption').textContent = words;
  }

  const inView = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          inView.unobserve(target);
          void load(target, false);
        }
      }
    },
    { rootMargin: '300px' },
  );

  function redraw(figures) {
    for (const figure of figures) {
      void load(figure, true);
    }
  }

  /** An answer that is slow to come is not asked for again. */
  function renew() {
    if (!document.hidden) {
      redraw([...drawn.keys()].filter((figure) => !loading.has(figure)));
    }
  }

  for (const figure of document.querySelectorAll('[data-chart]')) {
    inView.observe(figure);
  }
  let resizing;
  addEventListener('resize', () => {
    for (const chart of drawn.values()) {
      chart.resize();
    }
    clearTimeout(resizing);
    resizing = setTimeout(() => redraw(drawn.keys()), 300);
  });
  dark.addEventListener('change', () => redraw(drawn.keys()));
  setInterval(renew, EVERY_MS);
}
