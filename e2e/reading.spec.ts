/** Reading the flow both ways: stepping through a stage, and which gradients a weight's update uses. */
import { expect, test } from '@playwright/test';
import { open } from './support';

test('a stage is stepped through with the keyboard, both drawings in step, and the link carries the step', async ({
  page,
}) => {
  await open(page, '?backend=wasm&view=flow&a=cspdensenet121-first&b=cspdensenet121-last&step=4');
  const words = page.getByTestId('forward-words');
  await expect(words).toContainText('Step 4 of 14');
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(words).toContainText('H₃ reads 96 channels and adds 32');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    'Step 5 of 14, H₃. A: H₃ reads 96 channels and adds 32. B: H₃ reads 96 channels and adds 32',
  );
  expect(new URL(page.url()).searchParams.get('step')).toBe('5');
  for (const slot of ['a', 'b'])
    await expect(page.getByTestId(`flow-${slot}`).locator('[data-frontier]')).toBeAttached();

  // Fusion first waits while fusion last makes x_T.
  for (let i = 0; i < 5; i++) await slider.press('ArrowRight');
  await expect(words).toContainText('waits: it has no transition on the dense side');
  await expect(words).toContainText('224 → 112 channels');

  await page.goBack();
  await expect(words).toContainText('Step 9 of 14');
  await page.getByRole('button', { name: 'To rest: the whole drawing' }).click();
  await expect(page.locator('[data-frontier]')).toHaveCount(0);
  expect(new URL(page.url()).searchParams.has('step')).toBe(false);
});

test('playing goes on by itself, pauses with the space bar, and is one step of history', async ({ page }) => {
  await open(page, '?backend=wasm&view=flow&step=1');
  const slider = page.getByRole('slider', { name: 'Step' });
  const words = page.getByTestId('forward-words');
  await expect(words).toHaveAttribute('aria-live', 'polite');
  await page.getByLabel('Speed').selectOption('2');
  await slider.focus();
  await slider.press(' ');
  await expect(words).toHaveAttribute('aria-live', 'off');
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(3);
  await slider.press(' ');
  await expect(words).toHaveAttribute('aria-live', 'polite');
  expect(new URL(page.url()).searchParams.get('step')).toBe(await slider.inputValue());
  await page.goBack();
  await expect(slider).toHaveValue('1');
});

test('choosing a weight shows its arguments in A and in B, or why it is missing', async ({ page }) => {
  await open(page, '?backend=wasm&view=flow&flow=gradient&a=cspdensenet121-standard&b=cspdensenet121-first');
  const [a, b] = [page.getByTestId('weight-set-a'), page.getByTestId('weight-set-b')];
  const set = (text: string) => ({ name: text });
  await page.getByTestId('weights').getByRole('radio', { name: 'w₃' }).check();
  for (const one of [a, b]) await expect(one.getByRole('math', set('w₃′ = f(w₃, {g₀″, g₁, g₂})'))).toBeVisible();
  expect(new URL(page.url()).searchParams.get('weight')).toBe('w3');

  // The transitions of the drawing are weights, too.
  await page
    .getByTestId('flow-a')
    .getByRole('button', { name: /^transition,/ })
    .press('Enter');
  await expect(a.getByRole('math', set('w U′ = f(w U, {g₀′, g T})'))).toBeVisible();
  await expect(b.getByRole('math', set('w U′ = f(w U, {g₀′, g₀″, g₁, g₂, g₃, g₄, g₅, g₆})'))).toBeVisible();
  await page.getByTestId('weights').getByRole('radio', { name: 'wT' }).check();
  await expect(b).toContainText('in fusion first the block goes into the concat without a transition of its own');

  const row = (name: string) => page.getByTestId('gradient-table').getByRole('row', { name: new RegExp(`^${name} `) });
  await expect(row('DenseNet').getByRole('cell')).toHaveText(['28', '7', '21', '6', '864', '224', '640']);
  await expect(row('A').getByRole('cell')).toHaveText(['30', '9', '21', '0', '672', '192', '480']);
  await expect(row('B').getByRole('cell')).toHaveText(['29', '8', '21', '6', '672', '192', '480']);
});
