/** Cost: numbers that follow γ and the convention, layers chosen in the strip, and links that show the same. */
import { expect, test } from '@playwright/test';
import { downloaded, open } from './support';

const PAIR = '?backend=wasm&a=cspdensenet121-first&b=cspdensenet121-last';

test('γ moves drawing and numbers, and back brings both back', async ({ page }) => {
  await open(page, PAIR);
  const stats = page.getByTestId('network-a').getByRole('group', { name: /Size/ });
  await expect(stats).toContainText('2.577 G');
  await expect(page.getByTestId('flow-a')).toContainText('concat 256 × 56²');
  const slider = page.getByRole('slider', { name: 'γ of network A' }).first();
  await slider.focus();
  for (let i = 0; i < 50; i++) await slider.press('ArrowLeft');
  await expect(page.getByTestId('network-a')).toHaveAttribute('data-network', 'cspdensenet121-first@gamma=0.25');
  // Counted by `npm run --silent analyze -- cspdensenet121-first@gamma=0.25`, which PyTorch's counts check.
  await expect(stats).not.toContainText('2.577 G');
  await expect(page.getByTestId('flow-a')).toContainText('x₀′ 16 × 56²');
  await expect(page.getByTestId('flow-words')).toContainText('256');
  await page.goBack();
  await expect(page.getByTestId('network-a')).not.toHaveAttribute('data-network', 'cspdensenet121-first@gamma=0.25');
});

test('the convention changes every number of compute alike, in what is taken away too', async ({ page }) => {
  await open(page, '?backend=wasm&a=densenet121&b=off');
  const stats = page.getByTestId('network-a').getByRole('group', { name: /Size/ });
  await expect(stats).toContainText('2.834 G');
  for (const [choice, number] of [
    [/timm, fvcore/, /2\.8[67]\d G/],
    [/thop, ptflops/, /2\.[89]\d\d G/],
    [/darknet/, '5.668 G'],
  ] as const) {
    await page.locator('#cost').getByRole('radio', { name: choice }).check({ force: true });
    await expect(stats).toContainText(number);
    await expect(page.locator('#cost').getByRole('row', { name: /^total/ })).toContainText(number);
  }
  await expect(page).toHaveURL(/convention=flops/);
  expect(await downloaded(page, 'cost-md')).toContain('5.668 G');
  expect(await downloaded(page, 'cost-tex')).toContain('\\toprule');
});

test('layers chosen in the strip light up in the flow and in the table, and a link carries them', async ({
  page,
  browser,
}) => {
  await open(page, `${PAIR}&brush=1,2`);
  // Layers 1 and 2 of the strip are the two convolutions of the first dense layer.
  await expect(page.getByTestId('flow-a').locator('[data-part="growth/1"] [data-state="lit"]').first()).toBeVisible();
  // The strip is drawn when it comes near the screen.
  await page.locator('#cost').evaluate((section) => section.scrollIntoView({ block: 'end' }));
  await expect(page.getByTestId('strip-chosen')).toContainText('2 layers');
  const address = `${page.url()}&stage=2&flow=gradient&weight=w2&zoom=2&scale=share&metric=moc`;
  await page.goto(address);
  const profile = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const other = await profile.newPage();
  await other.goto(page.url());
  for (const one of [page, other]) {
    await expect(one.getByTestId('backend')).toHaveAttribute('data-backend', 'wasm');
    await expect(one.getByRole('radio', { name: 'Stage 2' })).toBeChecked();
    await expect(one.getByTestId('weight-set-a')).toContainText('w₂');
    // The drawings turn into gradients when the code for that is there, which the panel below does not wait for.
    for (const side of ['a', 'b']) await expect(one.getByTestId(`flow-${side}`)).toContainText('w₂');
  }
  const texts = await Promise.all([page, other].map((one) => one.locator('#flow').innerText()));
  expect(texts[0]).toBe(texts[1]);
  await profile.close();
});
