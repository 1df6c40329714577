// Runs before the first paint, so that nobody is dazzled by the other theme: see settings.js.
(() => {
  try {
    const { theme, motion } = JSON.parse(localStorage.getItem('neuronarena.settings') ?? '{}') ?? {};
    const { dataset } = document.documentElement;
    if (theme === 'light' || theme === 'dark') dataset.theme = theme;
    if (motion === 'less') dataset.motion = 'less';
  } catch {
    // Nothing was kept, or it can't be read: as the system says.
  }
})();
