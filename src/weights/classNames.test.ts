import { expect, it } from 'vitest';
import { readClassNames } from './classNames';

it.each([
  ['lines', 'cat\ndog\n'],
  ['lines of Windows', 'cat\r\ndog\r\n'],
  ['a list', '["cat", "dog"]'],
  ['a list of objects', '[{"id": "c", "name": "cat"}, {"id": "d", "name": "dog"}]'],
  ['ImageNet’s class index', '{"1": ["n02", "dog"], "0": ["n01", "cat"]}'],
  ['an object of names', '{"0": "cat", "1": "dog"}'],
])('reads %s', (_, text) => {
  expect(readClassNames(text, 2)).toEqual(['cat', 'dog']);
});

it.each([
  ['another count', 'cat\ndog\nbird', /names 3 classes; the network has 2/],
  ['an empty line', 'cat\n\ndog', /class 1 of the list has no name/],
  ['a missing number', '{"0": "cat", "2": "dog"}', /class 1 of the list has no name/],
  ['broken JSON', '["cat",', /not valid JSON/],
  ['nothing', '', /class 0 of the list has no name/],
])('refuses %s', (_, text, reason) => {
  expect(() => readClassNames(text, 2)).toThrow(reason);
});
