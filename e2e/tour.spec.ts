/** The guided tour and Explain: walking it, leaving it, linking to it, and the questions answered where they arise. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { open, waitForBoth } from './support';

const card = (page: Page) => page.getByTestId('tour');
const network = (page: Page, slot: 'a' | 'b') => page.getByTestId(`network-${slot}`);

/** The step on the card, its heading in focus. */
async function expectStep(page: Page, number: number): Promise<void> {
  await expect(card(page)).toContainText(`Step ${number} of 8`);
  await expect(card(page).getByRole('heading')).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`[?&]tour=${number}(&|$)`));
}

/** That the upper part of what a step speaks of is on the screen and not under the card. */
async function expectInSight(page: Page, subject = '[data-toured]'): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate((selector) => {
        const subject = document.querySelector(selector)?.getBoundingClientRect();
        const tour = document.querySelector('[data-testid="tour"]')?.getBoundingClientRect();
        if (!subject || !tour) return 'no subject or no card';
        const beside = tour.left >= subject.right - 1;
        const free = beside ? window.innerHeight : tour.top;
        return subject.top >= 40 && subject.top + 120 <= free ? 'in sight' : `${subject.top} of ${free}`;
      }, subject),
    )
    .toBe('in sight');
}

for (const { name, width, height } of [
  { name: 'a desktop', width: 1440, height: 900 },
  { name: 'a phone', width: 390, height: 844 },
]) {
  test(`the tour on ${name} shows each step’s subject, and skipping brings the networks back`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, '?backend=wasm&a=cspdensenet169-last@gamma=0.25&b=off&stage=3');
    await page.getByRole('button', { name: 'Tour' }).click();
    for (let number = 1; number <= 8; number++) {
      await expectStep(page, number);
      // Fusion last is the lower drawing, and a phone has not room for both.
      await expectInSight(page, number === 6 && width < 1000 ? '[data-testid="flow-b"]' : '[data-toured]');
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
      if (number < 8) await page.keyboard.press('ArrowRight');
    }
    await expect(network(page, 'a')).toHaveAttribute('data-network', /^cspdensenet-first@/);
    await page.keyboard.press('ArrowLeft');
    await expectStep(page, 7);
    await page.keyboard.press('Escape');
    await expect(card(page)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Tour' })).toBeFocused();
    await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet169-last@gamma=0.25');
    await expect(network(page, 'b')).toHaveCount(0);
    // Skipping is one step of history, and each step of the tour is one too.
    await page.goBack();
    await expect(card(page)).toContainText('Step 7 of 8');
    await expect(network(page, 'b')).toHaveAttribute('data-network', 'cspdensenet121-last@definition=listing');
    await page.goBack();
    await expect(card(page)).toContainText('Step 8 of 8');
  });
}

test('the tour’s numbers are those that the page computes', async ({ page }) => {
  await open(page, '?backend=wasm&tour=7');
  const macs = (slot: 'a' | 'b') => network(page, slot).getByText(/^\d+\.\d+ G$/);
  const text = (await macs('b').textContent()) ?? '';
  expect(text).toBe('17.84 G');
  await expect(card(page)).toContainText(`${text}MACs`);
});

test('a link with a step alone shows the whole step, and what a person changes stays', async ({ page }) => {
  await open(page, '?backend=wasm&tour=6');
  await expectStep(page, 6);
  await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet121-first');
  await expect(network(page, 'b')).toHaveAttribute('data-network', 'cspdensenet121-last');
  await network(page, 'a').getByText('Standard', { exact: true }).click();
  await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet121-standard');
  await expect(card(page)).toContainText('Step 6 of 8');
  await card(page).getByRole('button', { name: 'Show the step again' }).click();
  await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet121-first');
  await expectStep(page, 6);
  // A linked tour has no one's networks to bring back: skipping leads to the default pair.
  await card(page).getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(card(page)).toHaveCount(0);
  await expect(network(page, 'a')).toHaveAttribute('data-network', /^cspdensenet-first@/);
  await expect(network(page, 'b')).toHaveAttribute('data-network', /^cspdensenet-last@/);
});

test('a reload in the middle of the tour does not lose the networks before it; Escape works at once', async ({
  page,
}) => {
  await open(page, '?backend=wasm&a=cspdensenet169-last&b=off&stage=2');
  await page.getByRole('button', { name: 'Tour' }).click();
  // The card may not be there yet.
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/tour=/);
  await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet169-last');
  await page.getByRole('button', { name: 'Tour' }).click();
  await expectStep(page, 1);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 2);
  await page.reload();
  await expectStep(page, 2);
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await expect(network(page, 'a')).toHaveAttribute('data-network', 'cspdensenet169-last');
  await expect(network(page, 'b')).toHaveCount(0);
  await expect(page).toHaveURL(/stage=2/);
  // Another link in the same tab is another tour.
  await page.goto('?backend=wasm&tour=5');
  await expectStep(page, 5);
  await card(page).getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(network(page, 'a')).toHaveAttribute('data-network', /^cspdensenet-first@/);
});

test('Explain starts the tour at any step, and "Show it" drives the page', async ({ page }) => {
  await open(page, '?backend=wasm&view=explain');
  // Their panels above change their height until then, and a click in the middle of that goes beside the button.
  await waitForBoth(page);
  const question = page.locator('#question-truncate');
  await question.getByRole('button', { name: /truncating/ }).click();
  await question.getByRole('button', { name: 'Show it' }).click();
  await expect(page).toHaveURL(/flow=gradient/);
  await expect(page.getByTestId('gradient-panel')).toBeVisible();
  await expect(network(page, 'b')).toHaveAttribute('data-network', /^densenet@/);
  await page.getByRole('link', { name: 'Explain' }).click();
  await page.getByRole('button', { name: '4 Truncating the gradient', exact: true }).click();
  await expectStep(page, 4);
});

test('a question mark answers in place and leads to Explain', async ({ page }) => {
  await open(page, '?backend=wasm');
  const why = network(page, 'a').getByRole('button', { name: /^Is γ the share that bypasses/ });
  await why.click();
  const answer = page.getByRole('group', { name: /^Is γ the share that bypasses/ });
  await expect(answer).toContainText('compute falls as γ rises');
  await page.keyboard.press('Escape');
  await expect(answer).toBeHidden();
  await why.click();
  await answer.getByRole('button', { name: 'More in Explain' }).click();
  const question = page.locator('#question-gamma button').first();
  await expect(question).toBeFocused();
  await expect(question).toHaveAttribute('aria-expanded', 'true');
  await expect(question).toBeInViewport();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the tour, in Explain and in an answer, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page, '?backend=wasm&tour=3');
    await expectStep(page, 3);
    await page.getByRole('link', { name: 'Explain' }).click();
    const questions = page.locator('[id^="question-"] [aria-expanded="false"]');
    await expect(questions.first()).toBeVisible();
    for (let left = await questions.count(); left > 0; left--) await questions.first().click();
    await page.getByText('How they were trained').click();
    await network(page, 'a')
      .getByRole('button', { name: /^What is CIO/ })
      .click();
    await expect(page.getByText('More in Explain')).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .include('#explain')
      .include('[data-testid="tour"]')
      .include('[data-testid="network-a"]')
      .include('header')
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
    expect(found).toEqual([]);
  });
}
