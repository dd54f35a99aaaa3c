/** Notes down, in a page of Playwright's, what the browser's Long Tasks API tells. */
import type { Page } from 'playwright';

declare global {
  interface Window {
    /** Durations of tasks over 50 ms on the main thread, ms by the clock. */
    longTasks: number[];
  }
}

/** From the next page that is opened on, in `window.longTasks`. */
export async function noteLongTasks(page: Pick<Page, 'addInitScript'>): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}
