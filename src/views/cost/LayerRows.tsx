/** The rows of a network's layers, sortable by any column, with what they add up to. */
import { Table } from '@mantine/core';
import { memo, useMemo, useRef, useState } from 'react';
import { elements } from '../../network/parameters';
import type { Analysis, LayerCost } from '../../analysis/cost';
import { computeOf, CONVENTION_TEXTS, countsNorm, layerUnit } from '../../analysis/conventions';
import { formatShape } from '../../analysis/format';
import { litLayers } from '../../analysis/layerStrip';
import { addsUp, formatMetric, metricName, metricOf } from '../../analysis/metrics';
import type { Counting, Measured, Metric } from '../../analysis/metrics';
import { usePage } from '../../state/page';
import { METRICS } from '../../state/pageState';
import { useCounting } from '../useCounting';
import classes from './cost.module.css';
import { chooseLayer, useMarks } from './highlight';

interface Column {
  readonly name: string;
  readonly value: (layer: LayerCost, index: number) => number;
  readonly show: (layer: LayerCost) => string;
  readonly numeric: boolean;
}

function metricColumn(metric: Metric, counting: Counting): Column {
  return {
    name: metric === 'peak' ? 'Alive, bytes' : metric === 'activations' ? 'Output, bytes' : headOf(metric, counting),
    value: (layer) => metricOf(layer, metric, counting) ?? -1,
    show: (layer) => formatMetric(metric, metricOf(layer, metric, counting)),
    numeric: true,
  };
}

/** What a layer computes has no normalisation in it; the sums below the rows say where they have. */
const headOf = (metric: Metric, counting: Counting) =>
  metric === 'compute' ? layerUnit(counting.convention) : metricName(metric, counting);

function columnsOf(counting: Counting): readonly Column[] {
  return [
    { name: 'Layer', value: (_, index) => index, show: (layer) => layer.id, numeric: false },
    { name: 'In', value: (layer) => elements(layer.in), show: (layer) => formatShape(layer.in), numeric: true },
    { name: 'Out', value: (layer) => elements(layer.out), show: (layer) => formatShape(layer.out), numeric: true },
    ...METRICS.map((metric) => metricColumn(metric, counting)),
  ];
}

const Row = memo(function Row(props: {
  readonly layer: LayerCost;
  readonly columns: readonly Column[];
  readonly marked: boolean;
}) {
  const { layer, columns, marked } = props;
  const point = usePage((page) => page.point);
  return (
    <tr
      className={classes.layer}
      data-part={layer.id}
      data-marked={marked}
      onPointerEnter={() => point(layer.id)}
      onPointerLeave={() => point(null)}
      onClick={() => chooseLayer(layer)}
    >
      {columns.map((column) => (
        <td key={column.name}>{column.show(layer)}</td>
      ))}
    </tr>
  );
});

/** What some layers add up to; peak memory and MoC do not, and have a dash unless the whole network is meant. */
const Sum = memo(function Sum(props: {
  readonly name: string;
  readonly layers: readonly LayerCost[];
  readonly counting: Counting;
  readonly whole?: Measured;
}) {
  const { name, layers, counting, whole } = props;
  const sum = (metric: Metric) => layers.reduce((total, layer) => total + (metricOf(layer, metric, counting) ?? 0), 0);
  const text = (metric: Metric) => {
    if (whole) return formatMetric(metric, metricOf(whole, metric, counting));
    return addsUp(metric) ? formatMetric(metric, sum(metric)) : '–';
  };
  return (
    <tr>
      <td colSpan={3}>{name}</td>
      {METRICS.map((metric) => (
        <td key={metric}>{text(metric)}</td>
      ))}
    </tr>
  );
});

interface Props {
  readonly analysis: Analysis;
  /** The listed ones. */
  readonly layers: readonly LayerCost[];
  /** Of them, those to mark. */
  readonly marked: readonly LayerCost[];
}

export function LayerRows({ analysis, layers, marked }: Props) {
  const counting = useCounting();
  const [sort, setSort] = useState({ column: 0, descending: false });
  const body = useRef<HTMLTableSectionElement>(null);
  useMarks(body, (highlight) => new Set(litLayers([layers], highlight)[0]?.map((layer) => layer.id)));
  const columns = useMemo(() => columnsOf(counting), [counting]);
  const sorted = useMemo(() => {
    const by = columns[sort.column];
    return layers
      .map((layer, index) => ({ layer, key: by?.value(layer, index) ?? index }))
      .sort((p, q) => (p.key - q.key) * (sort.descending ? -1 : 1));
  }, [columns, layers, sort]);
  const counted = countsNorm(counting.convention);
  const perNorm = computeOf({ macs: 0, normElements: 1 }, counting.convention);
  const norms = useMemo(() => analysis.layers.filter((layer) => layer.op === 'batchNorm'), [analysis]);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Every layer">
      <Table fz="xs" className="tabular" verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, index) => {
              const active = sort.column === index;
              return (
                <Table.Th
                  key={column.name}
                  ta={column.numeric ? 'right' : 'left'}
                  aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() => setSort({ column: index, descending: active ? !sort.descending : column.numeric })}
                  >
                    {column.name}
                    {active ? (sort.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <tbody ref={body} className={classes.layers}>
          {sorted.map(({ layer }) => (
            <Row key={layer.id} layer={layer} columns={columns} marked={marked.includes(layer)} />
          ))}
        </tbody>
        <tfoot className={classes.layers}>
          <Sum name={`${layers.length} listed`} layers={layers} counting={counting} />
          <Sum
            name={`${norms.length} batch normalisations${counted ? `, ${perNorm} per element` : ''}`}
            layers={norms}
            counting={counting}
          />
          <Sum
            name={`all of ${analysis.network}${counted ? `, ${CONVENTION_TEXTS[counting.convention].short}` : ''}`}
            layers={analysis.layers}
            counting={counting}
            whole={analysis.totals}
          />
        </tfoot>
      </Table>
    </div>
  );
}
